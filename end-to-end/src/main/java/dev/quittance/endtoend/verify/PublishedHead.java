package dev.quittance.endtoend.verify;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of the chain of seals as somebody outside kept it: from billing's log, its metric, or {@code GET
 * /api/admin/ledger/seals/head}. Only with it a tail that was cut off with all its seals is seen.
 */
record PublishedHead(long sealId, String hash) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

    /** From {@code 12:<64 hexadecimal digits>}. */
    static Optional<PublishedHead> read(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new PublishedHead(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }
}
