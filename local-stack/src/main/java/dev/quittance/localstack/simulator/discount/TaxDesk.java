package dev.quittance.localstack.simulator.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.util.List;

/** Stripe's tax rates: those that a merchant makes, and the one that {@code automatic_tax} finds everywhere. */
public final class TaxDesk {
    /** What automatic tax comes to here, wherever the buyer is. */
    public static final BigDecimal AUTOMATIC_PERCENTAGE = new BigDecimal("19");

    private static final String KIND = "tax_rate";

    private final World world;

    public TaxDesk(World world) {
        this.world = world;
    }

    public void mount(Router router, StripeApi api) {
        api.post(router, "/v1/tax_rates", this::create);
        api.get(router, "/v1/tax_rates", call -> ListPage.of(call, world.shelf().all(KIND)));
        api.get(router, "/v1/tax_rates/:id", call -> rate(call.id(), "tax_rate").deepCopy());
        api.post(router, "/v1/tax_rates/:id", this::update);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode rate = Shapes.fresh(KIND);
        rate.put("id", world.ids().taxRate());
        rate.put("created", world.clock().seconds());
        rate.put("display_name", params.requiredText("display_name"));
        rate.put("inclusive", params.requiredText("inclusive").equals("true"));
        rate.put("percentage", percentage(params.requiredText("percentage")));
        params.copyTexts(rate, "country", "description", "jurisdiction", "state", "tax_type");
        params.mergeMetadata(rate);
        world.shelf().put(rate);
        world.events().emit("tax_rate.created", rate, call.cause());
        return rate.deepCopy();
    }

    private static BigDecimal percentage(String text) {
        if (!text.matches("[0-9]{1,2}([.][0-9]{1,4})?|100")) {
            throw StripeFailure.invalid("parameter_invalid", "percentage", "Invalid percentage: " + text + ".");
        }
        return new BigDecimal(text);
    }

    private ObjectNode update(Call call) {
        ObjectNode rate = rate(call.id(), "tax_rate");
        ObjectNode before = rate.deepCopy();
        rate.put("active", call.params().flag("active", rate.path("active").asBoolean()));
        call.params().copyTexts(rate, "display_name", "description");
        call.params().mergeMetadata(rate);
        world.events().emitChange("tax_rate.updated", before, rate, call.cause());
        return rate.deepCopy();
    }

    /** The rates that a line of a checkout names. */
    public List<ObjectNode> asked(Params line) {
        return line.texts("tax_rates").stream()
                .map(id -> rate(id, line.full("tax_rates")))
                .toList();
    }

    private ObjectNode rate(String id, String param) {
        return world.shelf().get(KIND, id, param);
    }
}
