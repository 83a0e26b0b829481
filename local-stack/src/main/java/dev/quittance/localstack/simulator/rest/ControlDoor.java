package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The door of the control API, under {@code /_sim}: no key, JSON or a form in, JSON out; a browser's form is sent back to its page. */
public final class ControlDoor {
    private static final String BACK = "back";

    private final Router router;

    public ControlDoor(Router router) {
        this.router = router;
    }

    public void get(String path, Call.Endpoint endpoint) {
        router.get(path).handler(context -> {
            String query = context.request().query();
            respond(context, endpoint, query == null ? "" : query);
        });
    }

    public void post(String path, Call.Endpoint endpoint) {
        router.post(path)
                .handler(context -> Requests.body(context.request())
                        .onSuccess(body -> respond(context, endpoint, body))
                        .onFailure(context::fail));
    }

    private static void respond(RoutingContext context, Call.Endpoint endpoint, String body) {
        try {
            answer(
                    context,
                    endpoint,
                    new Params(body.stripLeading().startsWith("{") ? texts(json(body)) : FormBody.parse(body)));
        } catch (StripeFailure refused) {
            context.fail(refused);
        }
    }

    private static void answer(RoutingContext context, Call.Endpoint endpoint, Params params) {
        boolean isForm = params.has(BACK);
        params.tree().remove(BACK);
        try {
            Call call = new Call(
                    context.request().method().name(),
                    Requests.path(context),
                    Requests.id(context),
                    params,
                    Call.Cause.NOBODY);
            ObjectNode answer = endpoint.answer(call);
            if (isForm) {
                sendBack(context, "");
            } else {
                context.response().putHeader("Content-Type", "application/json").end(Shapes.pretty(answer));
            }
        } catch (StripeFailure refused) {
            if (!isForm) {
                throw refused;
            }
            sendBack(
                    context,
                    "?refused=" + URLEncoder.encode(String.valueOf(refused.getMessage()), StandardCharsets.UTF_8));
        }
    }

    /** A person sees what a lever did, or why it could not be pulled, on the page from which it was pulled. */
    private static void sendBack(RoutingContext context, String query) {
        context.response()
                .setStatusCode(303)
                .putHeader("Location", "/_sim" + query)
                .end();
    }

    private static ObjectNode json(String body) {
        try {
            return Shapes.read(body);
        } catch (IllegalArgumentException e) {
            throw StripeFailure.invalid("parameter_invalid", "body", "Not a JSON object.");
        }
    }

    /** A form knows texts only, so the desks read texts only. */
    private static ObjectNode texts(ObjectNode json) {
        json.properties().forEach(field -> field.setValue(text(json, field.getValue())));
        return json;
    }

    private static JsonNode text(ObjectNode factory, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return texts(object);
        }
        if (value instanceof ArrayNode list) {
            ArrayNode texts = factory.arrayNode();
            list.forEach(element -> texts.add(text(factory, element)));
            return texts;
        }
        return factory.textNode(value.isNull() ? "" : value.asText());
    }
}
