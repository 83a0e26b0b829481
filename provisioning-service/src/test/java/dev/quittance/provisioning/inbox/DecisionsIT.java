package dev.quittance.provisioning.inbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.provisioning.http.TokenIssuer;
import dev.quittance.provisioning.http.Tokens;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the rules leave to a person: the operator's queue, and the buyer's own proof by mail. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class DecisionsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final AtomicInteger NAMES = new AtomicInteger();

    @Inject
    Inboxes inboxes;

    @Inject
    ProvisioningHandler handler;

    @Inject
    MockMailbox mailbox;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = "quittance.delivery.topic-prefix")
    String prefix;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    private final String name = "d%03d".formatted(NAMES.incrementAndGet());
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @Test
    @DisplayName("C4: a purchase with an unproved e-mail waits, and goes on as the operator decides")
    void theOperatorAssignsAWaitingPurchase() throws SQLException {
        // Given
        users();
        happened(customer("ann." + name + "@example.com"), session("cus_" + name, "ann." + name + "@example.com"));
        long mismatch = mismatch("cus_" + name, "email-unverified");

        // When
        Response queue = asOperator().get("/api/admin/customers/mismatches?after=" + (mismatch - 1));
        Response kept = decide(mismatch, "{\"decision\": \"keep\"}");
        Response decided = decide(mismatch, "{\"decision\": \"assign\", \"userId\": \"" + bob + "\"}");
        Response again = decide(mismatch, "{\"decision\": \"assign\", \"userId\": \"" + ann + "\"}");

        // Then
        queue.then()
                .statusCode(200)
                .body("mismatches[0].subject", equalTo("cus_" + name))
                .body("mismatches[0].reason", equalTo("email-unverified"))
                .body("mismatches[0].userId", equalTo(ann.toString()))
                .body("mismatches[0].waiting", equalTo(2));
        kept.then().statusCode(422).body("code", equalTo("USER_NEEDED"));
        decided.then().statusCode(204);
        again.then().statusCode(404).body("code", equalTo("MISMATCH_NOT_FOUND"));
        assertThat(one("select user_id || evidence || is_primary from provisioning.stripe_customers"
                        + " where stripe_customer_id = 'cus_" + name + "'"))
                .isEqualTo(bob + "operatortrue");
        assertThat(one("select user_id from provisioning.resolved_sessions where session_id = 'cs_" + name + "'"))
                .isEqualTo(bob.toString());
        assertThat(one("select count(*) from provisioning.parked where event_id like 'evt%" + name + "'"))
                .isEqualTo("0");
        assertThat(one("select actor from provisioning.customer_changes where stripe_customer_id = 'cus_" + name
                        + "' order by id limit 1"))
                .startsWith("operator:");
    }

    @Test
    @DisplayName("C7: a purchase that names nobody waits for the operator")
    void theOperatorAssignsAPurchaseThatNamesNobody() throws SQLException {
        // Given
        users();
        happened(session(null, null));

        // When
        Response decided = decide(
                mismatch("cs_" + name, "needs-identity"), "{\"decision\": \"assign\", \"userId\": \"" + bob + "\"}");

        // Then
        decided.then().statusCode(204);
        assertThat(one("select user_id from provisioning.resolved_sessions where session_id = 'cs_" + name + "'"))
                .isEqualTo(bob.toString());
    }

    @Test
    void whatIsKeptIsNotAskedAgain() throws SQLException {
        // Given
        users();
        StripeJson customer = customer("bob." + name + "@example.com").named(ann);
        happened(customer);
        long mismatch = mismatch("cus_" + name, "email-of-another");

        // When
        Response kept = decide(mismatch, "{\"decision\": \"keep\"}");
        happened(StripeJson.of(
                        "evt_u_" + name,
                        "customer.updated",
                        9,
                        StripeJson.customer("cus_" + name).put("email", "bob." + name + "@example.com"))
                .named(ann));

        // Then
        kept.then().statusCode(204);
        assertThat(one("select count(*) from provisioning.identity_mismatches where subject = 'cus_" + name + "'"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("C4: the buyer proves the mailbox by a token that is good once and is nowhere in clear")
    void theBuyerClaimsThePurchaseByMail() throws SQLException {
        // Given
        users();
        String email = "ann." + name + "@example.com";
        happened(session("cus_" + name, email));
        await().atMost(TIMEOUT).until(() -> !mailbox.getMailsSentTo(email).isEmpty());
        String text = mailbox.getMailsSentTo(email).getLast().getText();
        String token = text.substring(text.indexOf('#') + 1, text.indexOf('#') + 44);
        await().atMost(TIMEOUT)
                .until(() -> one("select email is null from provisioning.identity_claims where subject = 'cus_" + name
                                + "'")
                        .equals("t"));

        // When
        Response guessed = claim(bob, "A".repeat(43));
        Response claimed = claim(bob, token);
        Response again = claim(ann, token);

        // Then
        guessed.then().statusCode(404).body("code", equalTo("CLAIM_UNKNOWN"));
        claimed.then().statusCode(204);
        again.then().statusCode(409).body("code", equalTo("CLAIM_USED"));
        assertThat(one("select user_id from provisioning.resolved_sessions where session_id = 'cs_" + name + "'"))
                .isEqualTo(bob.toString());
        assertThat(one("select count(*) from provisioning.identity_claims c where c::text like '%" + token + "%'"))
                .isEqualTo("0");
        assertThat(one("select encrypted_password is null and email_confirmed_at is null from auth.users where id = '"
                        + ann + "'"))
                .isEqualTo("t");
    }

    @Test
    void aTokenThatExpiredClaimsNothing() throws SQLException {
        // Given
        users();
        String email = "ann." + name + "@example.com";
        happened(session("cus_" + name, email));
        await().atMost(TIMEOUT).until(() -> !mailbox.getMailsSentTo(email).isEmpty());
        String text = mailbox.getMailsSentTo(email).getLast().getText();
        execute("update provisioning.identity_claims set expires_at = now() where subject = 'cus_" + name + "'");

        // When
        Response late = claim(bob, text.substring(text.indexOf('#') + 1, text.indexOf('#') + 44));

        // Then
        late.then().statusCode(410).body("code", equalTo("CLAIM_EXPIRED"));
        assertThat(one("select count(*) from provisioning.resolved_sessions where session_id = 'cs_" + name + "'"))
                .isEqualTo("0");
    }

    @Test
    void aPurchaseThatWentToSomebodyDoesNotMove() throws SQLException {
        // Given
        users();
        StripeJson session = session(null, "typed." + name + "@example.com");
        session.object().put("client_reference_id", bob.toString());
        happened(session);

        // When
        Response decided = decide(
                mismatch("cs_" + name, "email-differs"), "{\"decision\": \"assign\", \"userId\": \"" + ann + "\"}");

        // Then
        decided.then().statusCode(409).body("code", equalTo("ALREADY_SETTLED"));
    }

    @Test
    void anUnknownUserGetsNothing() throws SQLException {
        // Given
        users();
        happened(session("cus_" + name, "ann." + name + "@example.com"));

        // When
        Response decided = decide(
                mismatch("cus_" + name, "email-unverified"),
                "{\"decision\": \"assign\", \"userId\": \"" + UUID.randomUUID() + "\"}");

        // Then
        decided.then().statusCode(422).body("code", equalTo("USER_UNKNOWN"));
    }

    private io.restassured.specification.RequestSpecification asOperator() {
        return given().auth().oauth2(new Tokens(privateKey).operator());
    }

    private Response decide(long mismatch, String body) {
        return asOperator()
                .contentType("application/json")
                .body(body)
                .post("/api/admin/customers/mismatches/" + mismatch);
    }

    private Response claim(UUID user, String token) {
        return given().auth()
                .oauth2(new Tokens(privateKey).user(user))
                .contentType("application/json")
                .body("{\"token\": \"" + token + "\"}")
                .post("/api/account/claims");
    }

    /** Ann, whose e-mail nobody has proved, and Bob. */
    private void users() throws SQLException {
        execute("insert into auth.users (id, email, email_confirmed_at) values ('" + ann + "', 'ann." + name
                + "@example.com', null), ('" + bob + "', 'bob." + name + "@example.com', now())");
    }

    private StripeJson customer(String email) {
        return StripeJson.of(
                "evt_c_" + name,
                "customer.created",
                1,
                StripeJson.customer("cus_" + name).put("email", email));
    }

    private StripeJson session(@Nullable String customer, @Nullable String email) {
        JsonObject session = StripeJson.session("cs_" + name)
                .put("customer", customer)
                .put("customer_details", new JsonObject().put("email", email));
        return StripeJson.of("evt_s_" + name, "checkout.session.completed", 2, session);
    }

    private void happened(StripeJson... events) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (StripeJson event : events) {
            records.add(event.record(prefix, records.size()));
        }
        inboxes.inbox(handler).process(StripeJson.records(records)).await().atMost(TIMEOUT);
    }

    private long mismatch(String subject, String reason) throws SQLException {
        return Long.parseLong(one("select id from provisioning.identity_mismatches where subject = '" + subject
                + "' and reason = '" + reason + "'"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String one(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
