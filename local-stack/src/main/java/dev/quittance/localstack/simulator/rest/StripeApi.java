package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The door of the REST API: key, parameters, idempotency, expansion, and the shape of a refusal. */
public final class StripeApi {
    private static final String ACCOUNT = "acct_[0-9a-zA-Z]{1,60}";

    private final byte[] apiKey;
    private final Ids requestIds;
    private final ObjectShelf shelf;
    private final Rendering rendering;
    private final Supplier<ApiVersion> accountVersion;
    private final ApiFaults faults;
    private final Idempotency idempotency;

    /**
     * @param accountVersion for requests that name none
     * @param requestIds not the generator of object ids: a request more must not change what the next object is called
     */
    public StripeApi(
            String apiKey,
            Ids requestIds,
            ObjectShelf shelf,
            Rendering rendering,
            Supplier<ApiVersion> accountVersion,
            ApiFaults faults,
            InstantSource clock) {
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
        this.requestIds = requestIds;
        this.shelf = shelf;
        this.rendering = rendering;
        this.accountVersion = accountVersion;
        this.faults = faults;
        this.idempotency = new Idempotency(clock);
    }

    public void get(Router router, String path, Call.Endpoint endpoint) {
        router.get(path).handler(context -> handle(context, endpoint));
    }

    public void post(Router router, String path, Call.Endpoint endpoint) {
        router.post(path).handler(context -> handle(context, endpoint));
    }

    public void delete(Router router, String path, Call.Endpoint endpoint) {
        router.delete(path).handler(context -> handle(context, endpoint));
    }

    public void refuseTheRest(Router router) {
        router.route("/v1/*")
                .handler(context -> handle(context, call -> {
                    throw StripeFailure.unknownUrl(call.method(), call.path());
                }));
    }

    private void handle(RoutingContext context, Call.Endpoint endpoint) {
        Requests.body(context.request())
                .map(body -> answer(context, endpoint, body))
                .onSuccess(answer -> afterFaults(
                        context,
                        () -> context.response()
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Stripe-Version", version(context).text())
                                .end(answer)))
                .onFailure(context::fail);
    }

    /** What is to go wrong with an answer, when everything is done already. */
    private void afterFaults(RoutingContext context, Runnable answer) {
        if (faults.losesAnswer()) {
            context.request().connection().close();
        } else if (faults.delayMillis() > 0) {
            context.vertx().setTimer(faults.delayMillis(), _ -> answer.run());
        } else {
            answer.run();
        }
    }

    private String answer(RoutingContext context, Call.Endpoint endpoint, String body) {
        requireKey(context);
        faults.failIfAsked();
        String requestId = requestIds.request();
        context.response().putHeader("Request-Id", requestId);
        String account = Objects.requireNonNullElse(context.request().getHeader("Stripe-Account"), "");
        if (!account.isEmpty() && !account.matches(ACCOUNT)) {
            throw StripeFailure.invalid("account_invalid", "Stripe-Account", "No such account: " + account);
        }
        return shelf.as(account, () -> answer(context, endpoint, body, account, requestId));
    }

    private String answer(
            RoutingContext context, Call.Endpoint endpoint, String body, String account, String requestId) {
        boolean isPost = context.request().method().equals(HttpMethod.POST);
        String key = isPost ? context.request().getHeader("Idempotency-Key") : null;
        String path = Requests.path(context);
        if (key == null) {
            return perform(context, endpoint, body, new Call.Cause(requestId, null));
        }
        Idempotency.Answer answer = idempotency.once(
                key,
                account + path + "\n" + body,
                () -> perform(context, endpoint, body, new Call.Cause(requestId, key)));
        if (answer.isRepeated()) {
            context.response().putHeader("Idempotent-Replayed", "true");
        }
        return answer.body();
    }

    private String perform(RoutingContext context, Call.Endpoint endpoint, String body, Call.Cause cause) {
        boolean isPost = context.request().method().equals(HttpMethod.POST);
        String query = Objects.requireNonNullElse(context.request().query(), "");
        Params params = new Params(FormBody.parse(isPost ? body : query));
        String id = Requests.id(context);
        Call call = new Call(context.request().method().name(), Requests.path(context), id, params, cause);
        ApiVersion version = version(context);
        ObjectNode answer = rendering.show(endpoint.answer(call), version);
        Expansion.apply(answer, params.texts("expand"), wanted -> {
            ObjectNode found = shelf.find(wanted);
            return found == null ? null : rendering.show(found, version);
        });
        return Shapes.pretty(answer);
    }

    /** The request's version, else the account's. */
    private ApiVersion version(RoutingContext context) {
        String asked = context.request().getHeader("Stripe-Version");
        return asked == null ? accountVersion.get() : ApiVersion.parse(asked);
    }

    private void requireKey(RoutingContext context) {
        String given = keyOf(context.request().getHeader("Authorization"));
        if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), apiKey)) {
            throw StripeFailure.wrongKey();
        }
    }

    /** {@code Bearer key}, or {@code Basic} with the key as the user, as {@code curl -u key:} sends it. */
    private static @Nullable String keyOf(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (header.startsWith("Bearer ")) {
            return header.substring("Bearer ".length()).strip();
        }
        if (!header.startsWith("Basic ")) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(header.substring("Basic ".length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
