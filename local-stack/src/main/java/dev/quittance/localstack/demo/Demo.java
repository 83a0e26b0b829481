package dev.quittance.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quittance.localstack.identity.TokenIssuer;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.stack.LocalStack;
import dev.quittance.localstack.stack.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The purchase and the subscription that {@code ./quittance demo} makes: it is done when everything that was paid for can be seen.
 */
public final class Demo {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final String REAL_STRIPE = "https://api.stripe.com";

    private final Map<String, String> environment;
    private final Function<UUID, String> userToken;
    private final Consumer<String> tell;
    private final InstantSource clock;
    private final Patience patience;
    private int step;

    /**
     * @param environment what {@code ./quittance env} prints
     * @param userToken makes a token of a user
     * @param tell gets each line for the person who watches
     */
    public Demo(Map<String, String> environment, Function<UUID, String> userToken, Consumer<String> tell) {
        this(environment, userToken, tell, InstantSource.system(), Patience.GIVE_UP_AFTER);
    }

    Demo(
            Map<String, String> environment,
            Function<UUID, String> userToken,
            Consumer<String> tell,
            InstantSource clock,
            Duration giveUpAfter) {
        this.environment = Map.copyOf(environment);
        this.userToken = Objects.requireNonNull(userToken, "userToken is null");
        this.tell = Objects.requireNonNull(tell, "tell is null");
        this.clock = Objects.requireNonNull(clock, "clock is null");
        this.patience = new Patience(giveUpAfter, tell);
    }

    /** The purchase on the stack that {@code ./quittance up} runs. */
    public static void main(String[] arguments) {
        StateFolder state = new StateFolder(Checkout.find().root().resolve(".quittance"));
        Map<String, String> environment = state.environment().orElse(null);
        if (environment == null) {
            System.err.println("quittance: the stack does not run; ./quittance up starts it.");
            System.exit(1);
            return;
        }
        TokenIssuer tokens = LocalStack.tokens(state, environment);
        System.exit(new Demo(environment, tokens::userToken, System.out::println).run());
    }

    /** Makes them and shows them; 0 when every effect is there, otherwise the reason is told and it is not 0. */
    public int run() {
        long begin = System.nanoTime();
        try {
            if (value("STRIPE_API_BASE").startsWith(REAL_STRIPE)) {
                return sayHowWithStripeItself();
            }
            purchase();
        } catch (DemoFailure failure) {
            tell.accept("");
            tell.accept("The demo failed: " + failure.getMessage());
            return 1;
        }
        tell.accept("");
        tell.accept("Everything that was paid for has arrived, after " + tenths(System.nanoTime() - begin) + " s.");
        return 0;
    }

    private int sayHowWithStripeItself() {
        tell.accept("With Stripe itself the Pay button is yours. Let its webhooks come here and make a test purchase:");
        tell.accept("  stripe listen --forward-to " + value("GATEWAY_URL") + "/api/webhooks/stripe");
        tell.accept("  stripe trigger checkout.session.completed --add checkout_session:metadata.points=500");
        return 2;
    }

    private void purchase() {
        try (HttpCalls http = new HttpCalls();
                PurchaseStore store = PurchaseStore.open(value("PG_URL"))) {
            purchase(http, store);
            new SubscriptionLife(http, store, environment, userToken, patience, this::show).live(newEmail("bob"));
        }
    }

    private void purchase(HttpCalls http, PurchaseStore store) {
        String email = newEmail("ada");
        StripeShop.Bought bought = buy(http, email);
        PurchaseStore.Owner owner = showOwner(store, email);
        String token = userToken.apply(owner.userId());
        showBooks(store, bought);
        showBalances(http, token);
        redeem(http, token, owner);
    }

    private StripeShop.Bought buy(HttpCalls http, String email) {
        StripeShop shop = new StripeShop(http, value("STRIPE_API_BASE"), value("STRIPE_API_KEY"));
        String price = shop.createPrice();
        show(
                "Catalogue",
                "one month as a voucher, with " + StripeShop.POINTS + " points and " + StripeShop.CREDITS + " credits, "
                        + JournalRules.text(StripeShop.PRICE_MINOR, StripeShop.CURRENCY) + ", " + price);
        JsonNode session = shop.createSession(price, email, value("GATEWAY_URL") + "/");
        show("Checkout", "for " + email);
        more(session.path("url").asText());
        StripeShop.Bought bought = shop.pay(session, email);
        show("Paid", bought.paymentIntent());
        List<StripeShop.Told> told = patience.await(
                "a 2xx for every webhook of the purchase",
                "Look at webhook-ingest's log, and at " + value("STRIPE_API_BASE") + "/_sim/deliveries.",
                () -> shop.told(bought));
        show("Webhooks", told.size() + " events, each signed, sent and answered 2xx");
        told.forEach(one -> more(one.type()));
        return bought;
    }

    private PurchaseStore.Owner showOwner(PurchaseStore store, String email) {
        PurchaseStore.Owner owner = patience.await(
                "a user with an account and a customer link for " + email,
                "Look at provisioning-service's log and at provisioning.parked.",
                () -> store.findOwner(email).filter(found -> found.customer().isPresent()));
        show("User", owner.userId() + ", profile e-mail " + owner.email());
        show("Customer", "linked to " + owner.customer().orElse("nobody"));
        show("Account", owner.accountNumber());
        return owner;
    }

    private void showBooks(PurchaseStore store, StripeShop.Bought bought) {
        List<PurchaseStore.Line> lines = patience.await(
                "the journal of the payment, its fee and its grants",
                "Look at billing-ledger's log and at billing.parked.",
                () -> Optional.of(store.findLines(bought.ids())).filter(JournalRules::isComplete));
        show("Journal", lines.stream().map(PurchaseStore.Line::entry).distinct().count() + " entries");
        String entry = "";
        for (PurchaseStore.Line line : lines) {
            if (!line.entry().equals(entry)) {
                entry = line.entry();
                more(entry);
            }
            more("  %-6s %-26s %12s"
                    .formatted(
                            line.direction(),
                            JournalRules.shortName(line.account()),
                            JournalRules.text(line.amount(), line.unit())));
        }
        Map<String, Long> sums = JournalRules.sums(lines);
        if (sums.values().stream().anyMatch(sum -> sum != 0)) {
            throw new DemoFailure("The books do not balance: " + sums + ".");
        }
        more("debits equal credits in " + String.join(", ", sums.keySet()));
        PurchaseStore.Settlement settled = patience.await(
                "the settlement of " + bought.paymentIntent(),
                "Look at billing-ledger's log.",
                () -> store.findSettlement(bought.paymentIntent()));
        show("Settled", JournalRules.text(settled.amountMinor(), settled.currency()) + ", and told to the others");
    }

    private void showBalances(HttpCalls http, String token) {
        String url = value("GATEWAY_URL") + "/api/balances";
        String shown = patience.await(
                "both balances at /api/balances",
                "Look at billing-ledger's log.",
                () -> balances(http.required(http.get(url, token), "GET /api/balances")));
        show("Balances", shown);
    }

    private static Optional<String> balances(JsonNode answer) {
        long points = 0;
        long credits = 0;
        for (JsonNode balance : answer.path("balances")) {
            long amount = balance.path("amount").asLong();
            points += balance.path("unit").asText().equals("points") ? amount : 0;
            credits += balance.path("unit").asText().equals("credits") ? amount : 0;
        }
        return points == StripeShop.POINTS && credits == StripeShop.CREDITS
                ? Optional.of(points + " points, " + credits + " credits")
                : Optional.empty();
    }

    private void redeem(HttpCalls http, String token, PurchaseStore.Owner owner) {
        String vouchers = value("GATEWAY_URL") + "/api/vouchers";
        JsonNode voucher = patience.await(
                "a voucher at /api/vouchers",
                "Look at voucher-service's log and at voucher.parked.",
                () -> Optional.ofNullable(http.required(http.get(vouchers, token), "GET /api/vouchers")
                        .path("vouchers")
                        .get(0)));
        show(
                "Voucher",
                "....-" + voucher.path("lastFour").asText() + ", "
                        + voucher.path("months").asInt() + " month, "
                        + voucher.path("status").asText());
        String revealPath = "/" + voucher.path("id").asText() + "/reveal";
        String code = http.required(
                        http.postJson(vouchers + revealPath, token, key(), "{}"), "POST /api/vouchers" + revealPath)
                .path("code")
                .asText();
        show("Code", code);
        Instant before = clock.instant();
        JsonNode redeemed = http.required(
                http.postJson(vouchers + "/redeem", token, key(), "{\"code\":\"" + code + "\"}"),
                "POST /api/vouchers/redeem");
        if (!redeemed.path("accountNumber").asText().equals(owner.accountNumber())) {
            throw new DemoFailure("The voucher was redeemed for another account.");
        }
        show("Redeemed", "for account " + owner.accountNumber());
        showExpiry(http, token, before);
    }

    private void showExpiry(HttpCalls http, String token, Instant before) {
        Instant due = before.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
        Instant expiry = patience.await(
                "an expiry one month ahead at /api/account",
                "Look at provisioning-service's log.",
                () -> Optional.ofNullable(http.required(
                                        http.get(value("GATEWAY_URL") + "/api/account", token), "GET /api/account")
                                .path("expiry")
                                .textValue())
                        .map(Instant::parse)
                        .filter(at -> Duration.between(due, at).abs().compareTo(CLOCK_TOLERANCE) < 0));
        show("Expiry", expiry + ", one month from now");
    }

    private static String newEmail(String name) {
        return name + "." + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    }

    private void show(String what, String detail) {
        tell.accept("%3d  %-10s %s".formatted(++step, what, detail));
    }

    private void more(String detail) {
        tell.accept("                " + detail);
    }

    private String value(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new DemoFailure("./quittance env has no " + name + ".");
        }
        return value;
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String tenths(long nanos) {
        long millis = nanos / 1_000_000;
        return millis / 1_000 + "." + millis % 1_000 / 100;
    }
}
