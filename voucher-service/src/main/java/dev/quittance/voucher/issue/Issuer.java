package dev.quittance.voucher.issue;

import dev.quittance.voucher.code.CodeDigests;
import dev.quittance.voucher.code.CodeSeal;
import dev.quittance.voucher.code.VoucherCode;
import dev.quittance.voucher.template.Templates;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes the vouchers that a sale asks for. Their codes exist in clear only here, for a moment. */
@Singleton
final class Issuer {
    private final CodeDigests digests;
    private final CodeSeal seal;
    private final SecureRandom random;
    private final InstantSource clock;

    Issuer(CodeDigests digests, CodeSeal seal, SecureRandom random, InstantSource clock) {
        this.digests = digests;
        this.seal = seal;
        this.random = random;
        this.clock = clock;
    }

    /** One voucher for each unit, numbered from 1 in the order in which they were sold. */
    List<IssuedVoucher> vouchers(Sale sale, Templates templates) {
        Instant now = clock.instant();
        return IntStream.rangeClosed(1, sale.vouchers().size())
                .mapToObj(unit -> voucher(sale, unit, templates, now))
                .toList();
    }

    private IssuedVoucher voucher(Sale sale, int unit, Templates templates, Instant now) {
        UUID id = UUID.randomUUID();
        VoucherCode code = VoucherCode.random(random);
        return new IssuedVoucher(
                id,
                sale,
                unit,
                sale.vouchers().get(unit - 1),
                digests.digest(code),
                code.lastFour(),
                seal.seal(code, id),
                now,
                templates.of(sale.origin(), sale.vouchers().get(unit - 1)));
    }
}
