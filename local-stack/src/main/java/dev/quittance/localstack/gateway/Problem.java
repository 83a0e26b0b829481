package dev.quittance.localstack.gateway;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** What the gateway itself answers when it does not hand a request on. */
enum Problem {
    PATH_REFUSED(400, "The path could be read in two ways."),
    PATH_UNKNOWN(404, "No service owns this path."),
    SERVICE_DOWN(502, "The service that owns this path cannot be reached."),
    SERVICE_SILENT(504, "The service that owns this path did not answer in time."),
    KEYS_UNAVAILABLE(503, "There are no signing keys to show.");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Answers, unless an answer has begun; then there is nothing to be said but that it breaks off. */
    void send(HttpServerResponse response, String detail) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", name());
        if (status >= 502) {
            response.putHeader("Retry-After", "1");
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(body.encode());
    }
}
