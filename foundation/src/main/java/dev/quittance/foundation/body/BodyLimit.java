package dev.quittance.foundation.body;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a body that says it is too large before anything of it is read, and one that does not say how large it is: the server
 * would break off in the middle, without a word.
 */
public final class BodyLimit {
    /** The code of the problem that is answered to a body that is too large. */
    public static final String BODY_TOO_LARGE = "BODY_TOO_LARGE";

    /** And to one that does not say its length. */
    public static final String LENGTH_REQUIRED = "LENGTH_REQUIRED";

    private static final int UNKNOWN = 411;
    private static final int TOO_LARGE = 413;
    private static final long LINGER_MS = 2_000;

    private final long max;

    /**
     * @param max what the server takes
     */
    public BodyLimit(long max) {
        this.max = max;
    }

    /** Stands before everything else. */
    public void watch(Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::admit);
    }

    private void admit(RoutingContext call) {
        if (call.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            refuse(call, UNKNOWN, "Length Required", LENGTH_REQUIRED, "The body must say its length.");
        } else if (announced(call) > max) {
            refuse(call, TOO_LARGE, "Request Entity Too Large", BODY_TOO_LARGE, "The body is too large.");
        } else {
            call.next();
        }
    }

    private static void refuse(RoutingContext call, int status, String title, String code, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
        call.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(problem.toBuffer());
        hangUp(call);
    }

    /** What is still on its way is let in for a moment and dropped: a client that is cut off while it sends reads no answer. */
    private static void hangUp(RoutingContext call) {
        HttpConnection connection = call.request().connection();
        call.vertx().setTimer(LINGER_MS, _ -> connection.close());
        if (!call.request().isEnded()) {
            call.request().handler(_ -> {}).endHandler(_ -> connection.close()).resume();
        }
    }

    /** What is no number is left to the server, which refuses it. */
    private static long announced(RoutingContext call) {
        String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
