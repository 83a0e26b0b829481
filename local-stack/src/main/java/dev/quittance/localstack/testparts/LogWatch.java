package dev.quittance.localstack.testparts;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Listens to all that is logged, at DEBUG, and keeps what nobody may log: addresses, secrets, keys, card numbers, Stripe's JSON, and what
 * the test names besides.
 */
public final class LogWatch implements AutoCloseable {
    private static final String FORBIDDEN = "[\\w.+-]{1,64}@[a-zA-Z][\\w-]{0,63}\\.[a-z]{2,8}\\b" // an e-mail address
            + "|whsec_|\\b[sr]k_(?:test|live)_|_secret_[A-Za-z0-9]|Bearer ey"
            + "|\\b4242[ -]?4242|\"object\"\\s*:|\"metadata\"\\s*:|\\\\\"object\\\\\"";
    private static final int KEPT_MAX = 20;

    private final Pattern forbidden;
    private final List<String> found = new CopyOnWriteArrayList<>();
    private final AtomicLong lines = new AtomicLong();
    private final Logger root = Logger.getLogger("");
    private final @Nullable Level before = root.getLevel();
    private final Handler handler = new Listener();

    /** @param besides what else must not be there, such as a buyer's name */
    public LogWatch(String... besides) {
        StringBuilder pattern = new StringBuilder(FORBIDDEN);
        Arrays.stream(besides).forEach(text -> pattern.append('|').append(Pattern.quote(text)));
        this.forbidden = Pattern.compile(pattern.toString());
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.FINE);
    }

    /** What was logged and must not be; only the first of them. */
    public List<String> found() {
        return List.copyOf(found);
    }

    /** How much was logged at all: nothing proves nothing. */
    public long lines() {
        return lines.get();
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        root.setLevel(before);
    }

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord record) {
            lines.incrementAndGet();
            StringWriter text = new StringWriter();
            text.append(record.getLoggerName()).append(": ").append(record.getMessage());
            if (record.getParameters() != null) {
                text.append(' ').append(Arrays.toString(record.getParameters()));
            }
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            if (found.size() < KEPT_MAX && forbidden.matcher(text.toString()).find()) {
                found.add(text.toString());
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
