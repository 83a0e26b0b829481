package dev.quittance.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's API on a bad day, as a caller with timeouts and retries meets it. */
class ApiFaultsIT {
    private static final RequestOptions ONCE = RequestOptions.builder()
            .setIdempotencyKey("once")
            .setMaxNetworkRetries(0)
            .setReadTimeout(400)
            .build();

    /** Two, since the JDK's own client sends a POST once more by itself. */
    private static final String LOSE_NEXT = "{\"lose_next\":2}";

    private TestShop shop;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop(0);
    }

    @AfterEach
    void stop() throws IOException {
        shop.close();
    }

    private Customer create() throws Exception {
        return shop.stripe()
                .v1()
                .customers()
                .create(
                        CustomerCreateParams.builder()
                                .setEmail("ada@example.com")
                                .build(),
                        ONCE);
    }

    private int customers() throws Exception {
        return shop.stripe()
                .v1()
                .customers()
                .list(CustomerListParams.builder().build())
                .getData()
                .size();
    }

    @Test
    void anErrorOfStripesComesBeforeAnythingIsDone() throws Exception {
        // Given
        shop.control("/_sim/api_faults", "{\"fail_next\":1}");

        // When
        assertThatThrownBy(this::create).isInstanceOf(ApiException.class);

        // Then
        assertThat(customers()).isZero();
        assertThat(create().getId()).startsWith("cus_");
    }

    @Test
    void tooManyRequestsAreRefused() throws Exception {
        // Given
        shop.control("/_sim/api_faults", "{\"fail_next\":1,\"fail_status\":429}");

        // Then
        assertThatThrownBy(this::create).isInstanceOf(RateLimitException.class);
        assertThat(shop.refusal("/_sim/api_faults", "{\"fail_status\":404}")).isEqualTo(400);
    }

    @Test
    void aLostAnswerIsHadBySendingTheSameKeyAgain() throws Exception {
        // Given
        shop.control("/_sim/api_faults", LOSE_NEXT);
        assertThatThrownBy(this::create).isInstanceOf(ApiConnectionException.class);

        // When
        Customer customer = create();

        // Then
        assertThat(customers()).isEqualTo(1);
        assertThat(shop.stripe().v1().customers().retrieve(customer.getId()).getEmail())
                .isEqualTo("ada@example.com");
    }

    @Test
    void aSlowAnswerRunsIntoTheCallersTimeout() throws Exception {
        // Given
        shop.control("/_sim/api_faults", "{\"delay_millis\":2000}");

        // Then
        assertThatThrownBy(this::create).isInstanceOf(ApiConnectionException.class);
        shop.control("/_sim/api_faults", "{\"delay_millis\":0}");
        assertThat(create().getId()).startsWith("cus_");
        assertThat(customers()).isEqualTo(1);
    }
}
