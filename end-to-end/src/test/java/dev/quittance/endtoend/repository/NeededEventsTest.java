package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.stripe.EndpointRules;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Stripe is asked to tell of is what somebody reads. */
class NeededEventsTest {
    private static final Pattern TYPE = Pattern.compile("\"([a-z_]+(?:\\.[a-z_]+)+)\"(?=[, \\n]|\\s*->)");

    @Test
    void theEndpointNeedsWhatTheReadersActOn() {
        // When
        TreeSet<String> read = new TreeSet<>();
        Stream.of(
                        "billing-ledger/src/main/java/dev/quittance/billing/fact/Facts.java",
                        "provisioning-service/src/main/java/dev/quittance/provisioning/inbox/StripeFacts.java")
                .map(Sources::read)
                .flatMap(source ->
                        Pattern.compile("(?s)case (\".*?) ->").matcher(source).results())
                .flatMap(cases -> TYPE.matcher(cases.group(1) + " ").results())
                .forEach(type -> read.add(type.group(1)));

        // Then
        assertThat(read).hasSizeGreaterThan(80);
        assertThat(EndpointRules.EVENTS).containsExactlyElementsOf(read);
    }
}
