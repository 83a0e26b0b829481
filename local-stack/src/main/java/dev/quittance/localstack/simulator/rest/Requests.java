package dev.quittance.localstack.simulator.rest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads what a request brings: its body as text, no more of it than is sane, and the id in its path. */
public final class Requests {
    public static final int BYTES_MAX = 1024 * 1024;

    private Requests() {}

    /** The id in the path; empty where the route has none. */
    public static String id(RoutingContext context) {
        return Objects.requireNonNullElse(context.pathParam("id"), "");
    }

    public static String path(RoutingContext context) {
        return Objects.requireNonNullElse(context.request().path(), "");
    }

    public static Future<String> body(HttpServerRequest request) {
        Promise<String> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= BYTES_MAX) {
                body.appendBuffer(chunk);
            } else {
                promise.tryFail(StripeFailure.invalid("parameter_invalid", "body", "The request is too large."));
            }
        });
        request.exceptionHandler(promise::tryFail);
        request.endHandler(_ -> promise.tryComplete(body.toString(StandardCharsets.UTF_8)));
        return promise.future();
    }
}
