package dev.quittance.billing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.posting.Shards;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.Orders;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One purchase is one purchase, however its events come. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class PurchaseIT {
    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final String TERMS = "\"metadata\":{\"points\":\"500\",\"credits\":\"20\",\"voucher_months\":\"3\"}";
    private static final Duration LONG = Duration.ofSeconds(60);
    /** How the number of a purchase stands in its ids, so that its rows are found again; twelve digits end a UUID. */
    private static final String FORMAT = "7770%08d";

    private static final Pattern NUMBER = Pattern.compile("7770\\d{8}");
    private static final int TOGETHER = 30;
    /** Of one purchase: intent, charge, session, identity, settlement, 8 lines, 2 balances, 6 of the inbox. */
    private static final int EXPECTED_ROWS = 21;

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        ledger.addUser(USER);
        inbox = inboxes.inbox(handler);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void booksThePurchase() throws SQLException {
        // When
        process(Events.purchase("1", USER, TERMS));

        // Then
        assertThat(ledger.rows("select e.business_key, a.name, l.direction, l.amount from billing.journal_entries e"
                        + " join billing.entry_lines l using (entry_id) join billing.ledger_accounts a using (account_id)"
                        + " order by 1, 3 desc"))
                .containsExactly(
                        "charge:ch_1:gross|stripe_clearing:EUR|debit|1500",
                        "charge:ch_1:gross|revenue:EUR|credit|1500",
                        "fee:txn_1|stripe_fees:EUR|debit|69",
                        "fee:txn_1|stripe_clearing:EUR|credit|69",
                        "grant:pi_1:credits|credits_issued|debit|20",
                        "grant:pi_1:credits|user:" + USER + ":credits|credit|20",
                        "grant:pi_1:points|points_issued|debit|500",
                        "grant:pi_1:points|user:" + USER + ":points|credit|500");
        assertThat(ledger.rows("select anchor, amount_minor, points, credits, vouchers from billing.settlements"))
                .containsExactly("pi_1|1500|500|20|1");
        assertThat(ledger.rows("select event_id from billing.parked")).isEmpty();
    }

    @Test
    @DisplayName("B6, N-05: every order of the events ends in the same state")
    void everyOrderOfTheEventsEndsInTheSameState() throws SQLException {
        // Given
        long seed = System.nanoTime();
        System.out.println("seed of everyOrderOfTheEventsEndsInTheSameState: " + seed);
        Random random = new Random(seed);
        List<List<Event>> orders = new ArrayList<>();
        for (List<Integer> order : Orders.permutations(List.of(0, 1, 2, 3, 4, 5))) {
            orders.add(Orders.doubled(inOrder(purchaseNumber(orders.size()), order), random));
        }

        // When
        for (int from = 0; from < orders.size(); from += TOGETHER) {
            List<List<Event>> together = orders.subList(from, Math.min(from + TOGETHER, orders.size()));
            Orders.batches(Orders.interleaved(together, random), random).forEach(this::process);
        }

        // Then
        Map<String, List<String>> states = new TreeMap<>();
        for (String row : ledger.dump()) {
            Matcher number = NUMBER.matcher(row);
            String whose = number.find() ? number.group() : "the house";
            states.computeIfAbsent(whose, _ -> new ArrayList<>())
                    .add(NUMBER.matcher(row).replaceAll("#"));
        }
        List<String> house = Objects.requireNonNull(states.remove("the house"));
        assertThat(house).as("seed %d", seed).isEqualTo(expectedHouse(orders.size()));
        assertThat(states).as("seed %d", seed).hasSize(orders.size());
        List<String> expected = states.values().iterator().next();
        assertThat(expected).hasSize(EXPECTED_ROWS);
        states.forEach((number, rows) ->
                assertThat(rows).as("seed %d, order %s", seed, number).isEqualTo(expected));
    }

    @Test
    @DisplayName("A1, B4: two consumers at the same time end in the same state")
    void twoConsumersAtTheSameTimeEndInTheSameState() throws SQLException {
        // Given
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.addAll(Events.purchase("n" + i, USER, TERMS));
        }
        process(events);
        List<String> expected = ledger.dump();
        ledger.empty();
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(11));

        // When
        Inbox<BillingFact> other = inboxes.inbox(handler);
        Uni.combine()
                .all()
                .unis(inParts(inbox, events), inParts(other, shuffled))
                .discardItems()
                .await()
                .atMost(LONG);

        // Then
        assertThat(ledger.dump()).isEqualTo(expected);
    }

    @Test
    void aSessionThatIsNotPaidGivesNothingUntilItIs() throws SQLException {
        // Given
        List<Event> events = new ArrayList<>(Events.purchase("1", USER, TERMS));
        Event completed = events.remove(3);
        String paid = new String(completed.body(), StandardCharsets.UTF_8);
        String unpaid = paid.replace("\"payment_status\":\"paid\"", "\"payment_status\":\"unpaid\"");

        // When
        process(events);
        process(List.of(new Event(completed.topic(), "evt_x", completed.type(), completed.key(), bytes(unpaid))));
        List<String> before = ledger.rows("select anchor from billing.settlements");
        process(List.of(new Event(
                completed.topic(),
                "evt_y",
                "checkout.session.async_payment_succeeded",
                completed.key(),
                bytes(paid.replace("checkout.session.completed", "checkout.session.async_payment_succeeded")))));

        // Then
        assertThat(before).isEmpty();
        assertThat(ledger.rows("select anchor from billing.settlements")).containsExactly("pi_1");
    }

    @Test
    void malformedTermsAreHeldAndTheMoneyIsBookedAllTheSame() throws SQLException {
        // When
        process(Events.purchase("1", USER, "\"metadata\":{\"points\":\"lots\"}"));

        // Then
        assertThat(ledger.rows("select waits_for, reason from billing.parked"))
                .containsExactly("operator:pi_1|POINTS_MALFORMED");
        assertThat(ledger.rows("select business_key from billing.journal_entries order by 1"))
                .containsExactly("charge:ch_1:gross", "fee:txn_1");
    }

    @Test
    void nothingToPayIsSettledUnderItsSession() throws SQLException {
        // Given
        Event completed = Events.stripe("evt_free", "checkout.session.completed", 1, """
                {"id":"cs_free","object":"checkout.session","mode":"payment","status":"complete",
                 "payment_status":"no_payment_required","payment_intent":null,"amount_total":0,"currency":"eur",
                 "metadata":{"points":"5","credits":"7","voucher_days":"30"}}""");

        // When
        process(List.of(completed, Events.identity("cs_free", USER, "4000000000000002")));

        // Then
        assertThat(ledger.rows("select business_key from billing.journal_entries"))
                .containsExactlyInAnyOrder("grant:cs_free:points", "grant:cs_free:credits");
    }

    @Test
    void anEventWithoutItsAmountWaitsForAnOperator() throws SQLException {
        // When
        process(List.of(Events.stripe("evt_odd", "charge.succeeded", 1, "{\"id\":\"ch_odd\",\"currency\":\"eur\"}")));

        // Then
        assertThat(ledger.rows("select waits_for, reason from billing.parked"))
                .containsExactly("operator:ch_odd|AMOUNT_ABSENT");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void process(List<Event> events) {
        inbox.process(Events.poll(events)).await().atMost(LONG);
    }

    private static Uni<Void> inParts(Inbox<BillingFact> inbox, List<Event> events) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (int from = 0; from < events.size(); from += 30) {
            List<Event> part = events.subList(from, Math.min(from + 30, events.size()));
            all = all.chain(() -> inbox.process(Events.poll(part)));
        }
        return all;
    }

    /** The same purchase under other ids: the number is in all of them, the user's too. */
    private List<Event> purchaseNumber(int number) throws SQLException {
        UUID user = UUID.fromString("33333333-3333-4333-8333-%s".formatted(FORMAT.formatted(number)));
        ledger.addUser(user);
        return Events.purchase(FORMAT.formatted(number), user, TERMS);
    }

    private static List<Event> inOrder(List<Event> events, List<Integer> order) {
        return order.stream().map(events::get).toList();
    }

    private static List<String> expectedHouse(int purchases) {
        int shard = Shards.of("/cus_1");
        return List.of(
                "balances: credits_issued|%d|%d|0|%d".formatted(shard, 20 * purchases, purchases),
                "balances: points_issued|%d|%d|0|%d".formatted(shard, 500 * purchases, purchases),
                "balances: revenue:EUR|%d|0|%d|%d".formatted(shard, 1500 * purchases, purchases),
                "balances: stripe_clearing:EUR|%d|%d|%d|%d"
                        .formatted(shard, 1500 * purchases, 69 * purchases, 2 * purchases),
                "balances: stripe_fees:EUR|%d|%d|0|%d".formatted(shard, 69 * purchases, purchases));
    }
}
