package dev.quittance.billing.expiry;

import dev.quittance.billing.testing.Ledger;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.time.Duration;

/** Makes everything that was booked older than points last. */
public final class AYearPasses {
    private static final Duration LONG = Duration.ofSeconds(60);

    private AYearPasses() {}

    /** And what is left expires. */
    public static void in(Ledger ledger) throws SQLException {
        since(ledger);
        CDI.current().select(ExpiryJob.class).get().turn().await().atMost(LONG);
    }

    static void since(Ledger ledger) throws SQLException {
        ledger.run("begin; set local session_replication_role = replica;"
                + " update billing.journal_entries set recorded_at = recorded_at - interval '400 days'; commit");
    }
}
