package dev.quittance.localstack.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests with a bearer token and JSON answers, where a refusal is told with its status and problem. */
final class HttpCalls implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int SHOWN_MAX = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    record Answer(int status, JsonNode json, String body) {
        boolean isFine() {
            return status / 100 == 2;
        }
    }

    Answer get(String url, String token) {
        return send(request(url, token).GET().build());
    }

    Answer delete(String url, String token) {
        return send(request(url, token).DELETE().build());
    }

    Answer postForm(String url, String token, String form) {
        return send(request(url, token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    Answer postJson(String url, String token, String idempotencyKey, String json) {
        return send(request(url, token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    Answer putJson(String url, String token, String json) {
        return send(request(url, token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    JsonNode required(Answer answer, String what) {
        if (!answer.isFine()) {
            String shown =
                    answer.body().substring(0, Math.min(SHOWN_MAX, answer.body().length()));
            throw new DemoFailure(what + " was answered " + answer.status() + ": " + shown.strip());
        }
        return answer.json();
    }

    @Override
    public void close() {
        client.close();
    }

    private static HttpRequest.Builder request(String url, String token) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()), response.body());
        } catch (IOException e) {
            throw new DemoFailure(request.uri().getAuthority() + " does not answer; does the stack run?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Interrupted.", e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
