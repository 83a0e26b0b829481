package dev.quittance.telemetry.log;

import io.quarkus.logging.LoggingFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Lets every line through, with no field that is not in {@link LogKeys#FIELDS}. Our own messages are pairs; each becomes a field, so that
 * a search for {@code fields.eventId} needs no pattern.
 */
@LoggingFilter(name = "closed-keys")
public final class ClosedKeysFilter implements Filter {
    private static final String OURS = "dev.quittance.";
    private static final ExtFormatter TEXT = new PatternFormatter("%s");
    private static final Pattern PAIR = Pattern.compile("(?:^|\\s)(\\w{1,40})=(\\S+)");
    /** No id, code or topic of ours is longer. */
    private static final int VALUE_LENGTH_MAX = 300;

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord record) {
            record.setMdc(fields(record));
        }
        return true;
    }

    private static Map<String, String> fields(ExtLogRecord line) {
        Map<String, String> fields = new LinkedHashMap<>();
        line.getMdcCopy().forEach((key, value) -> put(fields, key, value));
        if (line.getLoggerName() != null && line.getLoggerName().startsWith(OURS)) {
            Matcher pair = PAIR.matcher(TEXT.formatMessage(line));
            while (pair.find()) {
                put(fields, pair.group(1), pair.group(2));
            }
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String key, String value) {
        if (LogKeys.FIELDS.contains(key)) {
            fields.put(key, value.substring(0, Math.min(value.length(), VALUE_LENGTH_MAX)));
        }
    }
}
