package dev.quittance.provisioning.supabase;

import static java.util.Objects.requireNonNull;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Supabase's Auth admin API, blocking: to be called on a virtual thread and outside any transaction. A request may have had its
 * effect without an answer, so whoever is to be made is looked for first, and again when Auth says that the e-mail is taken.
 */
final class AuthAdmin {
    private static final int CREATED = 300;
    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;
    private static final int PAGE = 200;
    /** More users than that with one e-mail's letters in their own are an answer that never ends. */
    private static final int PAGES_MAX = 50;

    private final HttpClient client;
    private final URI users;
    private final String serviceKey;
    private final Duration timeout;

    AuthAdmin(String url, String serviceKey, Duration timeout) {
        this.users = URI.create(url.replaceAll("/+$", "") + "/admin/users");
        this.serviceKey = requireNonNull(serviceKey, "serviceKey is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** The call failed; it may be tried again. The message quotes nothing. */
    static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotNow(String code) {
            super(code, null, false, false);
        }
    }

    /** The user with this e-mail, made if there is none. */
    UUID ensure(String email) {
        return find(email).orElseGet(() -> create(email));
    }

    private UUID create(String email) {
        JsonObject body = new JsonObject()
                .put("email", email)
                .put("email_confirm", false)
                .put("app_metadata", new JsonObject().put("quittance", true));
        HttpResponse<String> answer = send(request(users).POST(HttpRequest.BodyPublishers.ofString(body.encode())));
        if (answer.statusCode() == UNPROCESSABLE || answer.statusCode() == CONFLICT) {
            return find(email).orElseThrow(() -> new NotNow("HTTP_" + answer.statusCode()));
        }
        return id(read(answer));
    }

    private Optional<UUID> find(String email) {
        String filter = URLEncoder.encode(email, StandardCharsets.UTF_8);
        for (int page = 1; page <= PAGES_MAX; page++) {
            URI uri = URI.create(users + "?page=" + page + "&per_page=" + PAGE + "&filter=" + filter);
            JsonArray found = read(send(request(uri).GET())).getJsonArray("users", new JsonArray());
            for (int i = 0; i < found.size(); i++) {
                JsonObject user = found.getJsonObject(i);
                if (user.getString("email", "").strip().toLowerCase(Locale.ROOT).equals(email)) {
                    return Optional.of(id(user));
                }
            }
            if (found.size() < PAGE) {
                return Optional.empty();
            }
        }
        throw new NotNow("TOO_MANY_USERS");
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("apikey", serviceKey)
                .header("Authorization", "Bearer " + serviceKey)
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NotNow(e.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new NotNow("INTERRUPTED");
        }
    }

    private static JsonObject read(HttpResponse<String> answer) {
        if (answer.statusCode() >= CREATED) {
            throw new NotNow("HTTP_" + answer.statusCode());
        }
        try {
            return new JsonObject(answer.body());
        } catch (DecodeException | ClassCastException _) {
            throw new NotNow("ANSWER_MALFORMED");
        }
    }

    private static UUID id(JsonObject user) {
        try {
            return UUID.fromString(user.getString("id", ""));
        } catch (IllegalArgumentException | ClassCastException _) {
            throw new NotNow("ANSWER_MALFORMED");
        }
    }
}
