package dev.quittance.localstack.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** Hands one request on and its answer back, both as they stream, over connections that are kept. */
final class Forwarder {
    static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    /** To the head of the answer; a stream of events may then last as long as it likes. */
    static final int ANSWER_TIMEOUT_MILLIS = 30_000;

    private static final int CONNECTIONS_MAX = 256;
    private static final int WAITING_MAX = 2_000;
    /** Below what the services keep, so that we never write into a connection that they are closing. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final Vertx vertx;
    private final HttpClient client;

    Forwarder(Vertx vertx) {
        this.vertx = vertx;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setDecompressionSupported(false);
        this.client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX));
    }

    void forward(HttpServerRequest request, String service, URI base) {
        // Nothing of the body is read before there is somewhere to write it.
        request.pause();
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(base.getHost())
                .setPort(base.getPort())
                .setURI(request.uri());
        client.request(options)
                .onSuccess(upstream -> exchange(request, upstream, service))
                .onFailure(_ -> fail(request, Problem.SERVICE_DOWN, service));
    }

    private void exchange(HttpServerRequest request, HttpClientRequest upstream, String service) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            upstream.reset();
            return;
        }
        HopHeaders.copyRequest(request.headers(), upstream.headers());
        upstream.putHeader("X-Forwarded-For", request.remoteAddress().hostAddress());
        upstream.putHeader("X-Forwarded-Proto", "http");
        upstream.putHeader("X-Forwarded-Host", String.valueOf(request.authority()));
        // A client that goes away must not leave its stream of events running.
        response.closeHandler(_ -> upstream.reset());
        long timer = vertx.setTimer(ANSWER_TIMEOUT_MILLIS, _ -> {
            fail(request, Problem.SERVICE_SILENT, service);
            upstream.reset();
        });
        upstream.response().onComplete(answer -> {
            vertx.cancelTimer(timer);
            if (answer.succeeded()) {
                back(answer.result(), response);
            } else {
                fail(request, Problem.SERVICE_DOWN, service);
            }
        });
        // Its failure is the answer's failure as well, and is dealt with there.
        Future<Void> sent = hasBody(request) ? stream(request, upstream) : withoutBody(request, upstream);
        sent.onFailure(_ -> upstream.reset());
    }

    private static Future<Void> stream(HttpServerRequest request, HttpClientRequest upstream) {
        upstream.setChunked(request.getHeader("Content-Length") == null);
        return request.pipeTo(upstream);
    }

    private static Future<Void> withoutBody(HttpServerRequest request, HttpClientRequest upstream) {
        request.resume();
        return upstream.end();
    }

    private static void back(HttpClientResponse answer, HttpServerResponse response) {
        if (response.closed() || response.headWritten()) {
            answer.request().reset();
            return;
        }
        response.setStatusCode(answer.statusCode());
        response.setStatusMessage(answer.statusMessage());
        HopHeaders.copyResponse(answer.headers(), response.headers());
        boolean isSized = answer.getHeader("Content-Length") != null;
        response.setChunked(!isSized && answer.statusCode() != 204 && answer.statusCode() != 304);
        // An answer that breaks off must be seen to break off, not to end; and whoever cannot pass on stops the
        // service's writing.
        answer.pipe().endOnFailure(false).to(response).onFailure(_ -> {
            answer.request().reset();
            response.reset();
        });
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains("Transfer-Encoding")
                || request.headers().contains("Content-Length");
    }

    private static void fail(HttpServerRequest request, Problem problem, String service) {
        problem.send(request.response(), "Service: " + service + ".");
        // What is left of the body is read away, so that the connection can be used again.
        request.resume();
    }
}
