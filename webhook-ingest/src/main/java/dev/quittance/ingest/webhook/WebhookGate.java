package dev.quittance.ingest.webhook;

import dev.quittance.ingest.problem.Problem;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Stands before the resource: what is refused by its head alone is refused without reading its body. */
@Singleton
final class WebhookGate {
    /** Before everything of the framework, whose own limit answers without a problem. */
    private static final int FIRST = Integer.MIN_VALUE;

    private final WebhookMetrics metrics;

    WebhookGate(WebhookMetrics metrics) {
        this.metrics = metrics;
    }

    void stand(@Observes Router router) {
        router.route().order(FIRST).handler(this::refuseTwoReadings);
        router.route(WebhookResource.PATH).order(FIRST + 1).handler(this::judge);
        router.route(ThinGate.PATH).order(FIRST + 1).handler(this::judge);
    }

    private void refuseTwoReadings(RoutingContext exchange) {
        if (PathRules.isPlain(exchange.request().uri())) {
            exchange.next();
        } else {
            refuse(exchange, Problem.badRequest("path_refused", "This path could be read in two ways."));
        }
    }

    private void judge(RoutingContext exchange) {
        if (!HttpMethod.POST.equals(exchange.request().method())) {
            exchange.response().putHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
            refuse(
                    exchange,
                    new Problem(
                            HttpResponseStatus.METHOD_NOT_ALLOWED.code(), "method_not_allowed", "Only POST is taken."));
        } else if (contentLength(exchange) > DeliveryRules.BODY_BYTES_MAX) {
            refuse(exchange, DeliveryRules.tooLarge());
        } else {
            forgetTypes(exchange.request());
            countWhatTheServerRefuses(exchange);
            exchange.next();
        }
    }

    /** The bytes are the bytes whatever they are called; left in place, a malformed type would be refused before it is judged. */
    private static void forgetTypes(HttpServerRequest request) {
        request.headers().remove(HttpHeaders.CONTENT_TYPE).remove(HttpHeaders.ACCEPT);
    }

    /** A body without a length that passes even the server's limit is cut off there, with a bare 413. */
    private void countWhatTheServerRefuses(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        exchange.addHeadersEndHandler(_ -> {
            boolean isOurs = response.headers().contains(HttpHeaders.CONTENT_TYPE);
            if (response.getStatusCode() == DeliveryRules.CONTENT_TOO_LARGE && !isOurs) {
                metrics.received(DeliveryRules.tooLarge().code());
            }
        });
    }

    private void refuse(RoutingContext exchange, Problem problem) {
        metrics.received(problem.code());
        HttpServerResponse response = exchange.response();
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                // What follows on this connection may be the rest of a body that nobody will read.
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(problem.json())
                .onComplete(_ -> exchange.request().connection().close());
    }

    private static long contentLength(RoutingContext exchange) {
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            // More digits than a long has; the server refuses other malformed lengths before this.
            return Long.MAX_VALUE;
        }
    }
}
