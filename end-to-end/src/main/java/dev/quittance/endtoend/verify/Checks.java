package dev.quittance.endtoend.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The invariants as they stand in SQL files, where people can read them and run them by hand. */
final class Checks {
    private static final List<String> FILES = List.of(
            "ledger.sql",
            "purchases.sql",
            "shop.sql",
            "reversals.sql",
            "vouchers.sql",
            "subscriptions.sql",
            "identity.sql",
            "delivery.sql");
    private static final Pattern HEADING = Pattern.compile("(?m)^-- (MUST|SOON|SHOULD): (.+)$");

    private Checks() {}

    static List<Check> all() {
        return FILES.stream().flatMap(file -> read(text(file)).stream()).toList();
    }

    /** Each heading begins a check; its statement reaches to the next heading. */
    static List<Check> read(String text) {
        List<Check> checks = new ArrayList<>();
        Matcher heading = HEADING.matcher(text);
        boolean isFound = heading.find();
        while (isFound) {
            Check.Kind kind = Check.Kind.valueOf(heading.group(1));
            String sentence = heading.group(2).strip();
            int begin = heading.end();
            isFound = heading.find();
            String sql = text.substring(begin, isFound ? heading.start() : text.length())
                    .strip();
            if (!sql.endsWith(";")) {
                throw new IllegalArgumentException("no statement ends under: " + sentence);
            }
            checks.add(new Check(kind, sentence, sql.substring(0, sql.length() - 1)));
        }
        return checks;
    }

    private static String text(String file) {
        try (InputStream in = Checks.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
