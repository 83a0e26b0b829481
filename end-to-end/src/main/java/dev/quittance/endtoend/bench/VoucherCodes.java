package dev.quittance.endtoend.bench;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Codes that the benchmark brings itself, so that it knows them; each is redeemed for an account of its own. */
record VoucherCodes(List<Entry> all) {
    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 20;
    static final long FIRST_ACCOUNT = 5_000_000_000_000_000L;

    VoucherCodes {
        all = List.copyOf(all);
    }

    record Entry(String code, String accountNumber) {}

    static VoucherCodes random(int count) {
        SecureRandom random = new SecureRandom();
        List<Entry> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StringBuilder code = new StringBuilder(LENGTH);
            for (int symbol = 0; symbol < LENGTH; symbol++) {
                code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            all.add(new Entry(code.toString(), Long.toString(FIRST_ACCOUNT + i)));
        }
        return new VoucherCodes(all);
    }

    int size() {
        return all.size();
    }
}
