package dev.quittance.localstack.simulator.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.ApiVersion;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The endpoints that are told, each in its own version, and the account's version for all that name none. */
public final class EndpointDesk {
    static final int ENDPOINTS_MAX = 16;

    private final Map<String, WebhookEndpoint> endpoints = new LinkedHashMap<>();
    private final Ids ids;
    private final InstantSource clock;
    private ApiVersion accountVersion = ApiVersion.NEWEST;

    public EndpointDesk(Ids ids, InstantSource clock, List<WebhookEndpoint> known) {
        this.ids = ids;
        this.clock = clock;
        known.forEach(endpoint -> endpoints.put(ids.webhookEndpoint(), endpoint));
    }

    public void mount(Router router, StripeApi api, ControlDoor control) {
        api.post(router, "/v1/webhook_endpoints", this::create);
        api.get(router, "/v1/webhook_endpoints", this::list);
        api.get(router, "/v1/webhook_endpoints/:id", call -> shown(call.id()));
        api.post(router, "/v1/webhook_endpoints/:id", this::update);
        api.delete(router, "/v1/webhook_endpoints/:id", this::delete);
        control.get("/_sim/api_version", _ -> version());
        control.post("/_sim/api_version", call -> {
            accountVersion = ApiVersion.parse(call.params().requiredText("version"));
            return version();
        });
    }

    public ApiVersion accountVersion() {
        return accountVersion;
    }

    ApiVersion versionOf(WebhookEndpoint endpoint) {
        return endpoint.version() == null ? accountVersion : endpoint.version();
    }

    /** Who is told of an event of this type, if their version knows it at all. */
    List<WebhookEndpoint> told(String type) {
        return endpoints.values().stream()
                .filter(endpoint -> endpoint.wants(type))
                .filter(endpoint -> !type.startsWith("invoice_payment.")
                        || !versionOf(endpoint).isBeforeBasil())
                .toList();
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        List<String> types = params.texts("enabled_events");
        if (types.isEmpty()) {
            throw StripeFailure.missing("enabled_events");
        }
        if (endpoints.size() >= ENDPOINTS_MAX) {
            throw StripeFailure.refused(null, "You have reached the maximum of " + ENDPOINTS_MAX + " endpoints.");
        }
        String version = params.text("api_version");
        String secret = "whsec_" + ids.secret();
        String id = ids.webhookEndpoint();
        try {
            endpoints.put(
                    id,
                    new WebhookEndpoint(
                            URI.create(params.requiredText("url")),
                            secret,
                            version == null ? null : ApiVersion.parse(version),
                            types,
                            false));
        } catch (IllegalArgumentException e) {
            throw StripeFailure.invalid("url_invalid", "url", "Invalid URL: an http URL is wanted here.");
        }
        ObjectNode created = shown(id);
        created.put("secret", secret);
        return created;
    }

    /** Everything but the version, as with Stripe. */
    private ObjectNode update(Call call) {
        WebhookEndpoint before = known(call.id());
        Params params = call.params();
        String url = params.text("url");
        List<String> types = params.texts("enabled_events");
        try {
            endpoints.put(
                    call.id(),
                    new WebhookEndpoint(
                            url == null ? before.url() : URI.create(url),
                            before.secret(),
                            before.version(),
                            types.isEmpty() ? before.types() : types,
                            params.flag("disabled", before.isDisabled())));
        } catch (IllegalArgumentException e) {
            throw StripeFailure.invalid("url_invalid", "url", "Invalid URL: an http URL is wanted here.");
        }
        return shown(call.id());
    }

    private ObjectNode delete(Call call) {
        shown(call.id());
        endpoints.remove(call.id());
        ObjectNode answer = Shapes.empty();
        answer.put("id", call.id());
        answer.put("object", "webhook_endpoint");
        answer.put("deleted", true);
        return answer;
    }

    private ObjectNode list(Call call) {
        return ListPage.of(
                call,
                new ArrayList<>(endpoints.keySet())
                        .reversed().stream().map(this::shown).toList());
    }

    private WebhookEndpoint known(String id) {
        WebhookEndpoint endpoint = endpoints.get(id);
        if (endpoint == null) {
            throw StripeFailure.noSuch("webhook_endpoint", id, "webhook_endpoint");
        }
        return endpoint;
    }

    private ObjectNode shown(String id) {
        WebhookEndpoint endpoint = known(id);
        ObjectNode shown = Shapes.empty();
        shown.put("id", id);
        shown.put("object", "webhook_endpoint");
        shown.put(
                "api_version",
                endpoint.version() == null ? null : endpoint.version().text());
        shown.putNull("application");
        shown.put("created", clock.instant().getEpochSecond());
        shown.putNull("description");
        ArrayNode types = shown.putArray("enabled_events");
        endpoint.types().forEach(types::add);
        shown.put("livemode", false);
        shown.putObject("metadata");
        shown.put("status", endpoint.isDisabled() ? "disabled" : "enabled");
        shown.put("url", endpoint.url().toString());
        return shown;
    }

    private ObjectNode version() {
        ObjectNode answer = Shapes.empty();
        answer.put("version", accountVersion.text());
        return answer;
    }
}
