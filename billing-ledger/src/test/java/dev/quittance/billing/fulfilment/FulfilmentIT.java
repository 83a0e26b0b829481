package dev.quittance.billing.fulfilment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
import dev.quittance.billing.testing.MoneyIn;
import dev.quittance.billing.testing.Shop;
import dev.quittance.billing.testing.ShopOrders;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was paid for reaches its buyer, once. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class FulfilmentIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int DOWNLOADS_MAX = 10;

    private final UUID user = UUID.randomUUID();

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    @Inject
    MockMailbox mailbox;

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        ledger.addUser(user);
        pool.withTransaction(transaction -> journal.post(
                        transaction, List.of(Grants.of(UUID.randomUUID().toString(), user, "points", 10_000))))
                .await()
                .atMost(LONG);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void aDownloadIsTheBuyersAndCounted() throws SQLException {
        // Given
        UUID product = Shop.product("digital", false, "");
        String order = buy(product);

        // When
        String url = Shop.get(user, "/api/orders/" + order + "/downloads")
                .statusCode(200)
                .body("downloads.left", contains(DOWNLOADS_MAX))
                .extract()
                .path("downloads[0].url");
        String path = url.substring(url.indexOf("/api/"));

        // Then
        Shop.get(UUID.randomUUID(), "/api/orders/" + order + "/downloads").body("downloads", hasSize(0));
        for (int i = 0; i < DOWNLOADS_MAX; i++) {
            assertThat(fetch(path, 303)).isEqualTo("https://content.example/" + product);
        }
        fetch(path, 410);
        fetch(path.substring(0, path.length() - 4) + "AAAA", 404);
        assertThat(ledger.rows("select used from billing.downloads")).containsExactly("10");
    }

    @Test
    void whatTravelsIsFollowedAndSentByAnOperator() throws SQLException {
        // Given
        String order = buy(Shop.stocked("physical", 1, ""));
        String tracking = "/api/admin/orders/" + order + "/tracking";
        String body = "{\"carrier\":\"Post\",\"number\":\"RR1\"}";

        // When
        Shop.user(user, "POST", tracking, "k", body).statusCode(403);
        Shop.operator("POST", tracking, "k", body).statusCode(200).body("status", equalTo("completed"));
        Shop.operator("POST", tracking, "k", body).statusCode(200);

        // Then
        Shop.get(user, "/api/orders/" + order)
                .body("status", equalTo("completed"))
                .body("trackingInfo.number", equalTo("RR1"))
                .body("items.fulfilled", contains(true));
        Shop.get(UUID.randomUUID(), "/api/orders/" + order).statusCode(404);
        Shop.get(user, "/api/orders?limit=1").body("orders.orderId", contains(order));
        Shop.get(user, "/api/orders?after=" + order).body("orders", hasSize(0));
        Shop.get(user, "/api/orders?limit=0").statusCode(400);
        Shop.operator("POST", "/api/admin/orders/" + UUID.randomUUID() + "/tracking", "k", body)
                .statusCode(409)
                .body("code", equalTo("ORDER_STATE"));
        assertThat(ledger.rows("select count(*) from billing.order_history where to_status = 'completed'"))
                .containsExactly("1");
    }

    @Test
    void lettersAreWrittenOnce() throws SQLException {
        // Given
        String name = "777012345678";
        String address = user + "@buyer.example";
        ShopOrders.place(ledger, name, user, "refund", false);
        Event intent = MoneyIn.intentSucceeded(1, name)
                .with("\"customer\":\"cus_1\"", "\"customer\":\"cus_1\",\"receipt_email\":\"" + address + "\"");
        Event session =
                ShopOrders.of(MoneyIn.session("completed", 2, name, "complete", "paid", ""), ShopOrders.order(name));

        // When
        process(intent, session, Events.identity("cs_" + name, user, "4000000000000002"));
        awaitSent("download|sent", "order|sent");
        process(MoneyBack.refund("refund.created", 11, "re_1", name, 400, "succeeded"));

        // Then
        awaitSent("download|sent", "order|sent", "refund|sent");
        assertThat(mailbox.getMailsSentTo(address))
                .extracting(Mail::getSubject)
                .containsOnlyOnce("Your order", "Your downloads", "Your refund");
        assertThat(mailbox.getMailsSentTo(address))
                .filteredOn(mail -> mail.getSubject().equals("Your downloads"))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.getText()).contains("/api/orders/downloads/", "15.00 EUR", "1 x Print"));
        assertThat(mailbox.getMailsSentTo(address))
                .filteredOn(mail -> mail.getSubject().equals("Your refund"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.getText()).contains("Total: 15.00 EUR", "Given back: 4.00 EUR"));
    }

    @Test
    @DisplayName("H1: who waits for a sold out piece is served when there is one, and not twice")
    void aBackOrderIsServedByTheNextDelivery() throws SQLException {
        // Given
        String name = "777012345679";
        ShopOrders.place(ledger, name, user, "back_order", false);
        ShopOrders.placeExpired(ledger, name, user);
        process(
                ShopOrders.of(
                        MoneyIn.session("completed", 2, "b" + name, "complete", "paid", ""), ShopOrders.other(name)),
                MoneyIn.intentSucceeded(1, "b" + name),
                Events.identity("cs_b" + name, user, "4000000000000002"));
        assertThat(ShopOrders.ends(ledger))
                .containsExactly("other processing|null|short|1|0|0", "pending|null|reserved|1|0|0");

        // When
        Shop.count(UUID.fromString("66666666-6666-4666-8666-" + name), "received", 2)
                .statusCode(200);

        // Then
        assertThat(ShopOrders.ends(ledger))
                .containsExactly("other completed|null|sold|1|1|1", "pending|null|reserved|1|1|1");
    }

    @Test
    @DisplayName("H1: whoever paid for what is sold out is written to, whether it is sent later or paid back")
    void whoIsTooLateIsTold() throws SQLException {
        // Given
        String late = user + "@late.example";
        String name = "777012345680";
        for (String policy : List.of("refund", "back_order")) {
            ledger.empty();
            ShopOrders.place(ledger, name, user, policy, false);
            ShopOrders.placeExpired(ledger, name, user);
            ledger.run("update billing.orders set email = '" + late + "' where order_id = '" + ShopOrders.other(name)
                    + "'");

            // When
            process(
                    ShopOrders.of(
                            MoneyIn.session("completed", 2, "b" + name, "complete", "paid", ""),
                            ShopOrders.other(name)),
                    MoneyIn.intentSucceeded(1, "b" + name),
                    Events.identity("cs_b" + name, user, "4000000000000002"));

            // Then
            awaitSent("order|sent", "sold_out|sent");
        }
        assertThat(mailbox.getMailsSentTo(late))
                .filteredOn(mail -> mail.getSubject().equals("Your order is sold out"))
                .extracting(Mail::getText)
                .satisfiesExactly(
                        refunded -> assertThat(refunded).contains("goes back to where it came from", "1 x Print"),
                        waiting -> assertThat(waiting).contains("as soon as there is more", "1 x Print"));
    }

    @Test
    void aFrontendReadsItsOwnRowsUnderTheNamesItExpects() throws SQLException {
        // Given
        UUID product = Shop.stocked("physical", 1, "");
        buy(product);
        Shop.user(user, "PUT", "/api/cart", "c", "{" + Shop.items(product, 1) + "}")
                .statusCode(200);

        // Then
        for (String view : List.of("orders", "order_items", "cart_items")) {
            assertThat(ledger.rowsOf(user, "select count(*) from public." + view))
                    .as(view)
                    .containsExactly("1");
            assertThat(ledger.rowsOf(UUID.randomUUID(), "select count(*) from public." + view))
                    .as(view)
                    .containsExactly("0");
        }
        assertThat(ledger.rowsOf(user, "select payment_method, status, total_points, total_cents from public.orders"))
                .containsExactly("points|processing|300|0");
        assertThat(ledger.rowsOf(UUID.randomUUID(), "select points_price, stock_quantity from public.shop_products"))
                .containsExactly("300|0");
    }

    private String buy(UUID product) {
        return Shop.user(
                        user,
                        "POST",
                        "/api/checkout",
                        "buy",
                        "{\"payment_method\":\"points\"," + Shop.items(product, 1) + "}")
                .statusCode(200)
                .extract()
                .path("orderId");
    }

    private static String fetch(String path, int status) {
        return given().redirects()
                .follow(false)
                .get(path)
                .then()
                .statusCode(status)
                .extract()
                .header("Location");
    }

    private void awaitSent(String... letters) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows("select kind, state from billing.order_mails order by 1"))
                        .containsExactly(letters));
    }

    private void process(Event... events) {
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        inbox.process(Events.poll(List.of(events))).await().atMost(LONG);
    }
}
