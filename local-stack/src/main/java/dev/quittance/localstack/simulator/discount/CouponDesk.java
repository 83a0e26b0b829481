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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stripe's coupons. */
public final class CouponDesk {
    private static final String KIND = "coupon";
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final Set<String> DURATIONS = Set.of("once", "forever", "repeating");

    private final World world;

    public CouponDesk(World world) {
        this.world = world;
    }

    public void mount(Router router, StripeApi api) {
        api.post(router, "/v1/coupons", this::create);
        api.get(router, "/v1/coupons", call -> ListPage.of(call, world.shelf().all(KIND)));
        api.get(router, "/v1/coupons/:id", call -> coupon(call.id()).deepCopy());
        api.post(router, "/v1/coupons/:id", this::update);
        api.delete(router, "/v1/coupons/:id", this::delete);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        String id = params.text("id", world.ids().coupon());
        if (world.shelf().find(id) != null) {
            throw StripeFailure.invalid("resource_already_exists", "id", "Coupon already exists.");
        }
        String percent = params.text("percent_off");
        if ((percent == null) == !params.has("amount_off")) {
            throw StripeFailure.refused(
                    "parameter_missing", "One of the following params should be provided: percent_off or amount_off.");
        }
        ObjectNode coupon = Shapes.fresh(KIND);
        coupon.put("id", id);
        coupon.put("created", world.clock().seconds());
        if (percent != null) {
            coupon.put("percent_off", percent(percent));
        } else {
            coupon.put("amount_off", params.amount("amount_off"));
            coupon.put("currency", params.currency("currency"));
        }
        String duration = params.text("duration", "once");
        if (!DURATIONS.contains(duration)) {
            throw StripeFailure.invalid("parameter_invalid", "duration", "Invalid duration: " + duration + ".");
        }
        coupon.put("duration", duration);
        coupon.put("duration_in_months", params.whole("duration_in_months"));
        coupon.put("max_redemptions", params.whole("max_redemptions"));
        coupon.put("redeem_by", params.whole("redeem_by"));
        params.copyTexts(coupon, "name");
        params.mergeMetadata(coupon);
        world.shelf().put(coupon);
        world.events().emit("coupon.created", coupon, call.cause());
        return coupon.deepCopy();
    }

    private static BigDecimal percent(String text) {
        BigDecimal percent = text.matches("[0-9]{1,3}([.][0-9]{1,2})?") ? new BigDecimal(text) : BigDecimal.ZERO;
        if (percent.signum() <= 0 || percent.compareTo(ALL) > 0) {
            throw StripeFailure.invalid("parameter_invalid", "percent_off", "Invalid percentage: " + text + ".");
        }
        return percent;
    }

    private ObjectNode update(Call call) {
        ObjectNode coupon = coupon(call.id());
        ObjectNode before = coupon.deepCopy();
        call.params().copyTexts(coupon, "name");
        call.params().mergeMetadata(coupon);
        world.events().emitChange("coupon.updated", before, coupon, call.cause());
        return coupon.deepCopy();
    }

    private ObjectNode delete(Call call) {
        ObjectNode coupon = coupon(call.id());
        world.shelf().remove(coupon);
        world.events().emit("coupon.deleted", coupon, call.cause());
        ObjectNode deleted = Shapes.empty();
        deleted.put("id", call.id());
        deleted.put("object", KIND);
        deleted.put("deleted", true);
        return deleted;
    }

    /** The coupon that a checkout names in {@code discounts}, when it may be used now; null when it names none. */
    public @Nullable ObjectNode asked(Params params, String currency) {
        if (params.list("discounts").isEmpty()) {
            return null;
        }
        Params discount = params.list("discounts").getFirst();
        ObjectNode coupon = coupon(discount.requiredText("coupon"));
        boolean isOfAnotherCurrency = coupon.hasNonNull("currency")
                && !coupon.path("currency").asText().equals(currency);
        if (isOfAnotherCurrency || !isUsable(coupon)) {
            throw StripeFailure.invalid(
                    "coupon_expired",
                    discount.full("coupon"),
                    "Coupon expired or cannot be used: " + coupon.path("id").asText());
        }
        return coupon;
    }

    private boolean isUsable(ObjectNode coupon) {
        return (coupon.path("redeem_by").isNull()
                        || coupon.path("redeem_by").asLong() > world.clock().seconds())
                && (coupon.path("max_redemptions").isNull()
                        || coupon.path("times_redeemed").asLong()
                                < coupon.path("max_redemptions").asLong());
    }

    /** A checkout that used it was paid. */
    public void redeem(String id) {
        if (world.shelf().find(id) instanceof ObjectNode coupon) {
            coupon.put("times_redeemed", coupon.path("times_redeemed").asLong() + 1);
            coupon.put("valid", isUsable(coupon));
        }
    }

    private ObjectNode coupon(String id) {
        return world.shelf().get(KIND, id, "coupon");
    }
}
