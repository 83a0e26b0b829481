package dev.quittance.endtoend.verify;

import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.stack.StateFolder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./quittance verify}: one line for each invariant, and an exit code for machines. */
public final class Verify {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    // The client tells at length when nobody answers; the finding says it in one line.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private Verify() {}

    /**
     * The environment's PG_URL and KAFKA_BOOTSTRAP go before those of the stack that runs here. LEDGER_HEAD is the head of the
     * chain of seals as somebody kept it, {@code seal:hash}.
     */
    public static void main(String[] arguments) {
        KAFKA.setLevel(Level.OFF);
        Map<String, String> environment = environment();
        String postgres = environment.get("PG_URL");
        if (postgres == null) {
            System.err.println("quittance: no stack runs here, and PG_URL is not set; ./quittance up starts one.");
            System.exit(2);
            return;
        }
        try {
            List<Finding> findings = new ArrayList<>(new Verifier(PATIENCE, publishedHead()).verify(jdbcUrl(postgres)));
            String kafka = environment.get("KAFKA_BOOTSTRAP");
            if (kafka != null) {
                findings.add(new DeadLetterLook(kafka).find());
            }
            findings.forEach(System.out::println);
            System.exit(summarise(findings) ? 0 : 1);
        } catch (SQLException e) {
            System.err.println("quittance: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Optional<PublishedHead> publishedHead() {
        String head = System.getenv("LEDGER_HEAD");
        if (head == null) {
            return Optional.empty();
        }
        Optional<PublishedHead> read = PublishedHead.read(head);
        if (read.isEmpty()) {
            System.err.println("quittance: LEDGER_HEAD is not a seal's number, a colon and its hash");
            System.exit(2);
        }
        return read;
    }

    private static boolean summarise(List<Finding> findings) {
        long failed = count(findings, Finding.Verdict.FAILED);
        long warnings = count(findings, Finding.Verdict.WARNING);
        System.out.println(
                failed == 0
                        ? "All " + (findings.size() - warnings) + " invariants hold; " + warnings + " warnings."
                        : failed + " of " + findings.size() + " invariants are broken.");
        return failed == 0;
    }

    private static long count(List<Finding> findings, Finding.Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static Map<String, String> environment() {
        if (System.getenv("PG_URL") != null) {
            return System.getenv();
        }
        return new StateFolder(Checkout.find().root().resolve(".quittance"))
                .environment()
                .orElse(Map.of());
    }

    /** From {@code postgresql://user:password@host:port/database}, as psql takes it. */
    public static String jdbcUrl(String url) {
        URI uri = URI.create(url);
        String address =
                "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort()) + uri.getPath();
        String login = uri.getUserInfo();
        if (login == null) {
            return address;
        }
        int colon = login.indexOf(':');
        String user = colon < 0 ? login : login.substring(0, colon);
        String password = colon < 0 ? "" : login.substring(colon + 1);
        return address + "?user=" + encode(user) + "&password=" + encode(password);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
