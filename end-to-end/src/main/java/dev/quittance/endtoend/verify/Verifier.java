package dev.quittance.endtoend.verify;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a database, and gives what is on its way the time to arrive. */
public final class Verifier {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final List<Check> checks = Checks.all();
    private final Duration patience;
    private final Optional<PublishedHead> published;

    /** @param patience how long work that is under way may take to finish */
    public Verifier(Duration patience) {
        this(patience, Optional.empty());
    }

    /** @param published the head of the chain of seals, where somebody kept it */
    Verifier(Duration patience, Optional<PublishedHead> published) {
        this.patience = patience;
        this.published = published;
    }

    /** @param jdbcUrl with user and password of somebody who sees every row */
    public List<Finding> verify(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            CheckStore store = new CheckStore(connection);
            long deadline = System.nanoTime() + patience.toNanos();
            List<Finding> findings = store.findAll(checks);
            while (isOnlyUnderWay(findings) && System.nanoTime() < deadline) {
                pause();
                findings = store.findAll(checks);
            }
            List<Finding> all = new ArrayList<>(findings);
            all.add(new SealLook(connection, published).find());
            return all;
        }
    }

    public static boolean isSound(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAILED);
    }

    /** Something fails, and all of it may still come right. */
    private boolean isOnlyUnderWay(List<Finding> findings) {
        boolean isFailing = false;
        for (int i = 0; i < checks.size(); i++) {
            if (findings.get(i).verdict() == Finding.Verdict.FAILED) {
                if (checks.get(i).kind() != Check.Kind.SOON) {
                    return false;
                }
                isFailing = true;
            }
        }
        return isFailing;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
