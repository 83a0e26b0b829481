package dev.quittance.localstack.simulator.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.catalogue.CatalogueDesk;
import dev.quittance.localstack.simulator.discount.CouponDesk;
import dev.quittance.localstack.simulator.discount.TaxDesk;
import dev.quittance.localstack.simulator.payment.SetupDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stripe's checkout sessions, in payment, subscription and setup mode: made, looked at, expired. Paying them is the {@link Till}'s. */
public final class CheckoutDesk {
    public static final Duration LIFE_DEFAULT = Duration.ofHours(24);
    public static final Duration LIFE_MIN = Duration.ofMinutes(30);

    private final Map<String, Checkout> open = new LinkedHashMap<>();
    private final SequencedMap<String, Checkout> all = new LinkedHashMap<>();
    private final World world;
    private final ObjectShelf shelf;
    private final CatalogueDesk catalogue;
    private final SetupDesk setups;
    private final CouponDesk coupons;
    private final Totals totals;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;
    private final Supplier<String> baseUrl;

    public CheckoutDesk(
            World world,
            CatalogueDesk catalogue,
            SetupDesk setups,
            CouponDesk coupons,
            TaxDesk taxes,
            Supplier<String> baseUrl) {
        this.world = world;
        this.shelf = world.shelf();
        this.catalogue = catalogue;
        this.setups = setups;
        this.coupons = coupons;
        this.totals = new Totals(coupons, taxes);
        this.events = world.events();
        this.ids = world.ids();
        this.clock = world.clock();
        this.baseUrl = baseUrl;
    }

    public void mount(Router router, StripeApi api) {
        api.post(router, "/v1/checkout/sessions", this::create);
        api.get(router, "/v1/checkout/sessions", this::list);
        api.get(router, "/v1/checkout/sessions/:id", this::retrieve);
        api.post(router, "/v1/checkout/sessions/:id", this::update);
        api.get(router, "/v1/checkout/sessions/:id/line_items", this::lineItems);
        api.post(router, "/v1/checkout/sessions/:id/expire", this::expire);
    }

    public ObjectNode create(Call call) {
        Params params = call.params();
        String mode = params.requiredText("mode");
        boolean isSubscription = mode.equals("subscription");
        boolean isSetup = mode.equals("setup");
        if (!isSubscription && !isSetup && !mode.equals("payment")) {
            throw StripeFailure.invalid("parameter_invalid", "mode", "The simulator has no mode=" + mode + ".");
        }
        String successUrl = webUrl(params, params.requiredText("success_url"), "success_url");
        ObjectNode session = Shapes.fresh("checkout.session");
        String id = ids.session();
        session.put("id", id);
        session.put("created", clock.instant().getEpochSecond());
        session.put("expires_at", expiry(params).getEpochSecond());
        session.put("success_url", successUrl);
        session.put("url", baseUrl.get() + "/checkout/" + id);
        String cancelUrl = params.text("cancel_url");
        session.put("cancel_url", cancelUrl == null ? null : webUrl(params, cancelUrl, "cancel_url"));
        params.copyTexts(session, "client_reference_id", "locale", "submit_type");
        params.mergeMetadata(session);
        setCustomer(session, params);
        if (isSubscription) {
            session.put("mode", mode);
            session.putNull("customer_creation");
            session.put("payment_method_collection", params.text("payment_method_collection", "always"));
        }
        List<ObjectNode> lines = List.of();
        if (isSetup) {
            setUp(session, call);
        } else {
            requireWhole(params, isSubscription);
            lines = lines(call, isSubscription);
            totals.set(session, lines, params);
        }
        shelf.put(session);
        Checkout checkout =
                new Checkout(session, lines, params.inside("payment_intent_data"), params.inside("subscription_data"));
        open.put(id, checkout);
        all.put(id, checkout);
        world.agenda().atSecond(session.path("expires_at").asLong(), this::expireDue);
        if (all.size() > ObjectShelf.OBJECTS_PER_KIND_MAX) {
            open.remove(all.pollFirstEntry().getKey());
        }
        return shown(checkout, call);
    }

    public ObjectNode retrieve(Call call) {
        return shown(checkout(call.id()), call);
    }

    public ObjectNode update(Call call) {
        Checkout checkout = checkout(call.id());
        call.params().mergeMetadata(checkout.session());
        return shown(checkout, call);
    }

    public ObjectNode list(Call call) {
        Params params = call.params();
        String intent = params.text("payment_intent");
        String customer = params.text("customer");
        String status = params.text("status");
        return ListPage.of(
                call,
                shelf.all("checkout.session").stream()
                        .filter(session -> equal(intent, session, "payment_intent")
                                && equal(customer, session, "customer")
                                && equal(status, session, "status"))
                        .toList());
    }

    public ObjectNode lineItems(Call call) {
        return ListPage.of(call, checkout(call.id()).lines());
    }

    public ObjectNode expire(Call call) {
        Checkout checkout = checkout(call.id());
        if (!checkout.isOpen()) {
            throw StripeFailure.invalid(
                    "parameter_invalid",
                    "session",
                    "Only Checkout Sessions with a status in [\"open\"] can be expired.");
        }
        expire(checkout, call.cause());
        return shown(checkout, call);
    }

    /** Expires what has reached its time. */
    public void expireDue() {
        long now = clock.instant().getEpochSecond();
        List.copyOf(open.values()).stream()
                .filter(checkout -> checkout.session().path("expires_at").asLong() <= now)
                .forEach(checkout -> expire(checkout, Call.Cause.NOBODY));
    }

    public void expire(Checkout checkout, Call.Cause cause) {
        checkout.session().put("status", "expired");
        open.remove(checkout.id());
        if (shelf.find(checkout.session().path("setup_intent").asText()) instanceof ObjectNode intent) {
            setups.cancel(intent, cause);
        }
        events.emit("checkout.session.expired", checkout.session(), cause);
    }

    /** The session is paid and stays as it is from now on. */
    public void close(Checkout checkout) {
        open.remove(checkout.id());
        checkout.session()
                .path("discounts")
                .forEach(discount -> coupons.redeem(discount.path("coupon").asText()));
    }

    public Checkout checkout(String id) {
        Checkout checkout = all.get(id);
        if (checkout == null || !shelf.isVisible(checkout.session())) {
            throw StripeFailure.noSuch("checkout.session", id, "session");
        }
        return checkout;
    }

    private void setCustomer(ObjectNode session, Params params) {
        String customer = params.text("customer");
        if (customer != null) {
            ObjectNode known = shelf.get("customer", customer, "customer");
            session.put("customer", customer);
            session.putNull("customer_creation");
            details(session, known.path("email").textValue(), known.path("name").textValue());
            return;
        }
        String email = params.text("customer_email");
        session.put("customer_creation", params.text("customer_creation", "if_required"));
        if (email != null) {
            session.put("customer_email", email);
            details(session, email, null);
        }
    }

    private static void details(ObjectNode session, @Nullable String email, @Nullable String name) {
        ObjectNode details = Shapes.fresh("customer_details");
        details.putNull("address");
        details.put("email", email);
        details.put("name", name);
        session.set("customer_details", details);
    }

    private List<ObjectNode> lines(Call call, boolean isSubscription) {
        Params data = call.params().inside("subscription_data");
        boolean isTrial = data != null && (data.has("trial_period_days") || data.has("trial_end"));
        return new CheckoutLines(shelf, catalogue, ids).of(call, isSubscription, isTrial);
    }

    /** Nothing is sold: a card is kept, by an intent that is there from the beginning. */
    private void setUp(ObjectNode session, Call call) {
        Params params = call.params();
        if (params.has("line_items")) {
            throw StripeFailure.invalid(
                    "parameter_invalid", "line_items", "`line_items` are not allowed in `setup` mode.");
        }
        ObjectNode intent = setups.open(session.path("customer"), params.inside("setup_intent_data"), call.cause());
        session.put("mode", "setup");
        session.put("setup_intent", intent.path("id").asText());
        session.put("payment_status", "no_payment_required");
        session.put("payment_method_collection", "always");
        session.putNull("amount_subtotal");
        session.putNull("amount_total");
        session.put("currency", params.has("currency") ? params.currency("currency") : "usd");
    }

    /** A renewal would have to know of them too. */
    private static void requireWhole(Params params, boolean isSubscription) {
        boolean isTaxed = Totals.isAutomatic(params)
                || params.list("line_items").stream().anyMatch(line -> line.has("tax_rates"));
        if (isSubscription && (isTaxed || params.has("discounts"))) {
            throw StripeFailure.invalid(
                    "parameter_invalid", "mode", "The simulator knows discounts and taxes in mode=payment only.");
        }
    }

    private Instant expiry(Params params) {
        Instant now = clock.instant();
        Long asked = params.whole("expires_at");
        Instant expiry = asked == null ? now.plus(LIFE_DEFAULT) : Instant.ofEpochSecond(asked);
        if (asked != null && (expiry.isBefore(now.plus(LIFE_MIN)) || expiry.isAfter(now.plus(LIFE_DEFAULT)))) {
            throw StripeFailure.invalid(
                    "parameter_invalid", "expires_at", "The expiry must be between 30 minutes and 24 hours from now.");
        }
        return expiry;
    }

    private static ObjectNode shown(Checkout checkout, Call call) {
        ObjectNode shown = checkout.session().deepCopy();
        boolean withLines = call.params().texts("expand").stream().anyMatch(path -> path.startsWith("line_items"));
        if (withLines) {
            ObjectNode list = shown.putObject("line_items");
            list.put("object", "list");
            ArrayNode data = list.putArray("data");
            checkout.lines().forEach(line -> data.add(line.deepCopy()));
            list.put("has_more", false);
            list.put("url", "/v1/checkout/sessions/" + checkout.id() + "/line_items");
        }
        return shown;
    }

    private static String webUrl(Params params, String url, String name) {
        if (!url.matches("https?://[^\\s\"'<>]+")) {
            throw StripeFailure.invalid("url_invalid", params.full(name), "Not a valid URL");
        }
        return url;
    }

    private static boolean equal(@Nullable String wanted, ObjectNode session, String field) {
        return wanted == null || wanted.equals(session.path(field).asText());
    }
}
