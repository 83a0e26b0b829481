package dev.quittance.localstack.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesTest {
    /** Only a charge of an older version has its refunds in itself, and an invoice its subscription. */
    private static final Set<String> NOT_BY_DEFAULT = Set.of("refunds", "subscription");

    @Test
    void aShapeIsItsOwnEachTime() {
        // Given
        ObjectNode first = Shapes.fresh("customer");

        // When
        first.put("email", "ada@example.com");

        // Then
        assertThat(Shapes.fresh("customer").path("email").isNull()).isTrue();
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "quittance.corpus", matches = ".+")
    @CsvSource({
        "customer, customer.created",
        "product, product.created",
        "price, price.created",
        "checkout.session, checkout.session.completed",
        "payment_intent, payment_intent.succeeded",
        "charge, charge.succeeded",
        "refund, refund.created",
        "dispute, charge.dispute.created",
        "subscription, customer.subscription.created",
        "invoice, invoice.paid",
        "invoiceitem, invoiceitem.created",
        "invoice_payment, invoice_payment.paid",
        "payment_method, payment_method.attached",
        "payout, payout.paid"
    })
    void everyFieldThatStripesObjectHasIsThere(String shape, String event) throws IOException {
        // Given
        Path file =
                Path.of(System.getProperty("quittance.corpus"), "newest-" + ApiVersion.NEWEST.text(), event + ".json");
        JsonNode real = new ObjectMapper().readTree(file.toFile()).at("/data/object");

        // When
        ObjectNode ours = Shapes.fresh(shape);

        // Then
        List<String> missing = new ArrayList<>();
        real.fieldNames().forEachRemaining(name -> {
            if (!ours.has(name) && !NOT_BY_DEFAULT.contains(name)) {
                missing.add(name);
            }
        });
        assertThat(missing).isEmpty();
    }
}
