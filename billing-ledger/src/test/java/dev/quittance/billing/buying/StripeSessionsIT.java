package dev.quittance.billing.buying;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.model.Price;
import com.stripe.model.checkout.Session;
import com.stripe.param.PriceCreateParams;
import dev.quittance.billing.buying.SessionRequest.Line;
import dev.quittance.billing.lookup.LookupConfig;
import dev.quittance.localstack.simulator.StripeSimulator;
import dev.quittance.localstack.simulator.webhook.RetryPolicy;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we ask for is a session as Stripe would open it. */
@SuppressWarnings("NullAway.Init")
class StripeSessionsIT {
    private static final String KEY = "sk_test_sessions";

    private final UUID user = UUID.randomUUID();
    private final UUID order = UUID.randomUUID();
    private StripeSimulator simulator;
    private StripeSessions sessions;
    private StripeClient client;

    @BeforeEach
    void start() {
        simulator = new StripeSimulator(new StripeSimulator.Options(
                        0, KEY, List.of(), 7, InstantSource.system(), RetryPolicy.SCALED_DOWN))
                .start();
        var config = new SmallRyeConfigBuilder()
                .withMapping(LookupConfig.class)
                .withMapping(CheckoutConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("quittance.stripe.api-base", simulator.baseUrl()), "test", 100))
                .withConverter(Duration.class, 100, new DurationConverter())
                .build();
        sessions = new StripeSessions(
                KEY, config.getConfigMapping(LookupConfig.class), config.getConfigMapping(CheckoutConfig.class));
        client = StripeClient.builder()
                .setApiKey(KEY)
                .setApiBase(simulator.baseUrl())
                .build();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aCartBecomesAPageOnceForItsKey() throws Exception {
        // Given
        SessionRequest request =
                request("cart", 4000, new Line("Print", 2, 1500, null, "p"), new Line("Frame", 1, 1000, null, "f"));

        // When
        SessionAnswer first = sessions.open(request);
        SessionAnswer again = sessions.open(request);

        // Then
        assertThat(again).isEqualTo(first);
        Session session =
                client.v1().checkout().sessions().retrieve(opened(first).sessionId());
        assertThat(session.getAmountTotal()).isEqualTo(4000);
        assertThat(session.getCurrency()).isEqualTo("eur");
        assertThat(session.getClientReferenceId()).isEqualTo(user.toString());
        assertThat(session.getCustomerEmail()).isEqualTo("a@buyer.example");
        assertThat(session.getExpiresAt()).isEqualTo(request.expiresAt().getEpochSecond());
        assertThat(session.getMetadata())
                .containsEntry("order_id", order.toString())
                .containsEntry("user_id", user.toString())
                .containsEntry("userEmail", "a@buyer.example")
                .containsEntry("price", "4000");
    }

    @Test
    void aSubscriptionIsOfAPriceOfStripes() throws Exception {
        // Given
        Price price = client.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("eur")
                        .setUnitAmount(1050L)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                .build())
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Membership")
                                .build())
                        .build());

        // When
        SessionAnswer answer = sessions.open(
                request("subscription", 1050, new Line("Membership", 1, 1050, price.getId(), price.getId())));

        // Then
        Session session =
                client.v1().checkout().sessions().retrieve(opened(answer).sessionId());
        assertThat(session.getMode()).isEqualTo("subscription");
        assertThat(session.getMetadata()).doesNotContainKey("price");
    }

    @Test
    void whatStripeRefusesIsRefused() {
        assertThat(sessions.open(request("voucher", 1050, new Line("x", 1, 1050, "price_unknown", "price_unknown"))))
                .isEqualTo(new SessionAnswer.Refused("resource_missing"));
    }

    @Test
    void nobodyKnowsWhatWasNotAnswered() {
        // When
        simulator.close();

        // Then
        assertThat(sessions.open(request("cart", 1500, new Line("Print", 1, 1500, null, "p"))))
                .isInstanceOf(SessionAnswer.Unknown.class);
    }

    private static SessionAnswer.Opened opened(SessionAnswer answer) {
        if (answer instanceof SessionAnswer.Opened opened) {
            return opened;
        }
        throw new AssertionError(answer);
    }

    private SessionRequest request(String kind, long total, Line... lines) {
        return new SessionRequest(
                order,
                user,
                kind,
                total,
                "EUR",
                "a@buyer.example",
                null,
                "quittance-order-" + order,
                Instant.now().plus(31, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                List.of(lines));
    }
}
