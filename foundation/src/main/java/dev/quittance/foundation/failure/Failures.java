package dev.quittance.foundation.failure;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * The one place that says whether a failure passes by itself. What is transient is waited for without end; only what the
 * event itself causes may lead to a dead letter.
 */
public final class Failures {
    /** SQLSTATE classes that the data of the batch causes: cardinality, data, integrity, limits of the program, our own raises. */
    private static final Set<String> PERMANENT_CLASSES = Set.of("21", "22", "23", "44", "54", "P0");

    private Failures() {}

    public static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException postgres) {
                return !isPermanent(postgres.getSqlState());
            }
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof VertxException
                    || cause instanceof RetriableException) {
                return true;
            }
            // Vert.x reports a pool without a free connection as a bare Throwable.
            if ("io.vertx.core.impl.NoStackTraceThrowable"
                    .equals(cause.getClass().getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPermanent(@Nullable String sqlState) {
        return sqlState != null && sqlState.length() == 5 && PERMANENT_CLASSES.contains(sqlState.substring(0, 2));
    }

    /** A stable code for logs, headers and metrics; never the message, which may quote the data. */
    public static String code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException postgres && postgres.getSqlState() != null) {
                return "SQL_" + postgres.getSqlState();
            }
        }
        return failure.getClass().getSimpleName();
    }

    /** Where in our code it failed, for people: the first frame of ours, without the message, which may quote the data. */
    public static String place(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.quittance.")) {
                return frame.getClassName() + ":" + frame.getLineNumber();
            }
        }
        return failure.getClass().getSimpleName();
    }
}
