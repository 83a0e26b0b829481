package dev.quittance.billing.statement;

import dev.quittance.billing.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The last line of a page: the next page begins behind it, whatever was booked in between. */
record Cursor(long entryId, int line) {
    static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, Short.MAX_VALUE);
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,4})");

    static Cursor read(@Nullable String text) {
        if (text == null) {
            return NEWEST;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw Problem.BAD_REQUEST.exception("before is to be what an earlier page gave as next");
        }
        return new Cursor(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return entryId + "-" + line;
    }
}
