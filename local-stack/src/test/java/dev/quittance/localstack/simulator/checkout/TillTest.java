package dev.quittance.localstack.simulator.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.balance.BalanceDesk;
import dev.quittance.localstack.simulator.catalogue.CatalogueDesk;
import dev.quittance.localstack.simulator.customer.Buyer;
import dev.quittance.localstack.simulator.customer.CustomerDesk;
import dev.quittance.localstack.simulator.discount.CouponDesk;
import dev.quittance.localstack.simulator.discount.TaxDesk;
import dev.quittance.localstack.simulator.payment.DelayedPayments;
import dev.quittance.localstack.simulator.payment.PaymentDesk;
import dev.quittance.localstack.simulator.payment.SetupDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.FormBody;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.subscription.SubscriptionDesk;
import dev.quittance.localstack.simulator.version.VersionedShapes;
import dev.quittance.localstack.simulator.webhook.EndpointDesk;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.webhook.StripeEvent;
import dev.quittance.localstack.simulator.world.SimClock;
import dev.quittance.localstack.simulator.world.World;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TillTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Buyer ADA = new Buyer("ada@example.com", "Ada Lovelace");

    /** Everything but the HTTP. */
    private static final class Shop {
        final List<StripeEvent> events = new ArrayList<>();
        final ObjectShelf shelf = new ObjectShelf();
        final CatalogueDesk catalogue;
        final CheckoutDesk desk;
        final Till till;

        Shop(long seed) {
            SimClock clock = new SimClock(InstantSource.fixed(NOW));
            Ids ids = new Ids(new SplittableRandom(seed));
            EventLog log = new EventLog(
                    ids,
                    clock,
                    clock,
                    new EndpointDesk(ids, clock, List.of()),
                    new VersionedShapes(shelf),
                    events::add);
            World world = new World(shelf, log, ids, clock);
            catalogue = new CatalogueDesk(world);
            desk = new CheckoutDesk(
                    world,
                    catalogue,
                    new SetupDesk(world),
                    new CouponDesk(world),
                    new TaxDesk(world),
                    () -> "http://here");
            PaymentDesk payments = new PaymentDesk(world, new BalanceDesk(world));
            till = new Till(
                    desk,
                    new CustomerDesk(world),
                    payments,
                    new DelayedPayments(world, payments),
                    new SetupDesk(world),
                    new SubscriptionDesk(world, payments),
                    world);
        }

        Checkout checkout(String more) {
            ObjectNode product = catalogue.createProduct(call("name=Month&metadata[voucher_months]=1"));
            ObjectNode price = catalogue.createPrice(call("currency=eur&unit_amount=1050&product="
                    + product.path("id").asText()));
            ObjectNode session = desk.create(call("mode=payment&success_url=http://there/ok&line_items[0][price]="
                    + price.path("id").asText() + "&line_items[0][quantity]=1" + more));
            events.clear();
            return desk.checkout(session.path("id").asText());
        }

        List<String> types() {
            return events.stream().map(StripeEvent::type).toList();
        }

        JsonNode object(String type) {
            return events.stream()
                    .filter(event -> event.type().equals(type))
                    .findFirst()
                    .orElseThrow()
                    .asListed()
                    .at("/data/object");
        }
    }

    private static Call call(String body) {
        return new Call("POST", "/v1/x", "", new Params(FormBody.parse(body)), Call.Cause.NOBODY);
    }

    @Test
    void aPaidCheckoutLeavesTheEventsThatStripeLeaves() {
        // Given
        Shop shop = new Shop(1);
        Checkout checkout = shop.checkout("&metadata[points]=500&customer_creation=always");

        // When
        shop.till.pay(checkout, ADA);

        // Then
        assertThat(shop.types())
                .containsExactly(
                        "customer.created",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.completed",
                        "charge.updated");
        JsonNode session = shop.object("checkout.session.completed");
        assertThat(session.path("payment_status").asText()).isEqualTo("paid");
        assertThat(session.path("amount_total").asLong()).isEqualTo(1050);
        assertThat(session.path("customer").asText())
                .isEqualTo(shop.object("customer.created").path("id").asText());
        assertThat(session.at("/metadata/points").asText()).isEqualTo("500");
        assertThat(session.has("line_items")).isFalse();
        assertThat(shop.object("charge.succeeded").path("balance_transaction").isNull())
                .isTrue();
    }

    @Test
    void theFeeStandsOnTheBalanceTransactionThatComesWithTheUpdate() {
        // Given
        Shop shop = new Shop(2);
        Checkout checkout = shop.checkout("");

        // When
        shop.till.pay(checkout, ADA);

        // Then
        String id = shop.object("charge.updated").path("balance_transaction").asText();
        ObjectNode transaction = shop.shelf.get("balance_transaction", id, "id");
        assertThat(transaction.path("amount").asLong()).isEqualTo(1050);
        assertThat(transaction.path("fee").asLong()).isEqualTo(41);
        assertThat(transaction.path("net").asLong()).isEqualTo(1009);
        assertThat(transaction.at("/fee_details/0/amount").asLong()).isEqualTo(41);
        assertThat(shop.events
                        .getLast()
                        .asListed()
                        .at("/data/previous_attributes")
                        .toString())
                .isEqualTo("{\"balance_transaction\":null}");
    }

    @Test
    void aGuestHasNoCustomerButAnEmail() {
        // Given
        Shop shop = new Shop(3);
        Checkout checkout = shop.checkout("");

        // When
        shop.till.pay(checkout, ADA);

        // Then
        JsonNode session = shop.object("checkout.session.completed");
        assertThat(session.path("customer").isNull()).isTrue();
        assertThat(session.at("/customer_details/email").asText()).isEqualTo("ada@example.com");
    }

    @Test
    void aDeclinedCardLeavesTheSessionOpenAndItsIntentIsPaidNext() {
        // Given
        Shop shop = new Shop(4);
        Checkout checkout = shop.checkout("");

        // When
        shop.till.decline(checkout, ADA);
        shop.till.pay(checkout, ADA);

        // Then
        assertThat(shop.types())
                .containsExactly(
                        "payment_intent.created",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.completed",
                        "charge.updated");
        assertThat(shop.object("payment_intent.succeeded").path("id"))
                .isEqualTo(shop.object("payment_intent.payment_failed").path("id"));
    }

    @Test
    void aSessionIsPaidOnce() {
        // Given
        Shop shop = new Shop(5);
        Checkout checkout = shop.checkout("");
        shop.till.pay(checkout, ADA);
        int before = shop.events.size();

        // When
        assertThatThrownBy(() -> shop.till.pay(checkout, ADA)).isInstanceOf(StripeFailure.class);

        // Then
        assertThat(shop.events).hasSize(before);
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        // Given
        Shop one = new Shop(6);
        Shop two = new Shop(6);
        Shop other = new Shop(7);

        // When
        for (Shop shop : List.of(one, two, other)) {
            shop.till.pay(shop.checkout(""), ADA);
        }

        // Then
        assertThat(one.events)
                .extracting(StripeEvent::body)
                .isEqualTo(two.events.stream().map(StripeEvent::body).toList());
        assertThat(one.events.getFirst().id())
                .isNotEqualTo(other.events.getFirst().id());
    }

    @Test
    void theOldestPurchasesAreForgotten() {
        // Given
        Shop shop = new Shop(8);
        Checkout first = shop.checkout("");
        shop.till.pay(first, ADA);

        // When
        for (int i = 0; i < ObjectShelf.OBJECTS_PER_KIND_MAX; i++) {
            shop.till.pay(shop.checkout(""), ADA);
        }

        // Then
        assertThat(shop.shelf.all("charge")).hasSize(ObjectShelf.OBJECTS_PER_KIND_MAX);
        assertThatThrownBy(() -> shop.desk.checkout(first.id())).isInstanceOf(StripeFailure.class);
    }
}
