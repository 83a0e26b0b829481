package dev.quittance.provisioning.inbox;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.account.AccountStore;
import dev.quittance.provisioning.account.Expiries;
import dev.quittance.provisioning.account.ExpiryRules;
import dev.quittance.provisioning.account.Extension;
import dev.quittance.provisioning.account.TimeMove;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch's time: given, taken and given back, each once. */
final class TimeHandler {
    private static final long DAY_SECONDS = 86_400;

    private final AccountStore store = new AccountStore();

    Uni<Void> apply(SqlConnection transaction, List<Caused<TimeMove>> moves, Touched touched, Instant now) {
        return store.load(transaction, moves.stream().map(Caused::what).toList())
                .chain(expiries -> {
                    moves.forEach(move -> move(move, expiries, touched, now));
                    return store.flush(transaction, expiries);
                });
    }

    private static void move(Caused<TimeMove> caused, Expiries expiries, Touched touched, Instant now) {
        TimeMove move = caused.what();
        Effects effects = touched.effects();
        switch (ExpiryRules.apply(move, caused.incoming().id().id(), expiries)) {
            case ExpiryRules.Outcome.Moved(Extension extension) -> {
                effects.arrived(move.businessKey());
                touched.add(move.accountNumber(), caused.incoming());
                tell(caused.incoming(), extension, effects, now);
            }
            case ExpiryRules.Outcome.Known() -> {}
            case ExpiryRules.Outcome.AccountUnknown() ->
                effects.park(caused.incoming(), move.accountSubject(), "unknown-account");
            case ExpiryRules.Outcome.Waits(String businessKey) ->
                effects.park(caused.incoming(), businessKey, "needs-earlier-move");
        }
    }

    private static void tell(Incoming cause, Extension extension, Effects effects, Instant now) {
        TimeMove move = extension.cause();
        Instant previous = extension.previousExpiry();
        Instant expiry = extension.expiry();
        if (expiry == null) {
            return;
        }
        switch (move.kind()) {
            case EXTEND, GIVE ->
                effects.emit(
                        cause,
                        new AccountExtended(
                                extension.userId(),
                                move.accountNumber(),
                                previous,
                                expiry,
                                move.businessKey(),
                                now,
                                forgiven(extension)),
                        move.businessKey());
            case TAKE ->
                effects.emit(
                        cause,
                        new AccountShortened(
                                extension.userId(),
                                move.accountNumber(),
                                requireNonNull(previous, "nothing to take from"),
                                expiry,
                                move.businessKey(),
                                days(extension.takenSeconds()),
                                days(extension.owedSeconds()),
                                now),
                        move.businessKey());
        }
    }

    private static AccountExtended.@Nullable Forgiven forgiven(Extension extension) {
        String taking = extension.forgives();
        int days = days(extension.owedSeconds());
        return taking == null || days == 0 ? null : new AccountExtended.Forgiven(taking, days);
    }

    private static int days(long seconds) {
        return Math.toIntExact(seconds / DAY_SECONDS);
    }
}
