package dev.quittance.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final int KAFKA_NAME_CHARS_MAX = 249;

    @Test
    void namesAreOwnersPluralNounsAndVersions() {
        assertThat(Topics.all()).allSatisfy(topic -> assertThat(topic.name()).matches("[a-z]+\\.[a-z-]+\\.v[1-9]"));
    }

    @Test
    void namesAreUniqueAndFitKafka() {
        assertThat(Topics.allNames())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z0-9.-]+").hasSizeLessThan(KAFKA_NAME_CHARS_MAX));
    }

    @Test
    void everyReaderHasADeadLetterTopicOfItsOwn() {
        assertThat(Topics.allDeadLetters())
                .contains("stripe.events.v1.billing-ledger.dlt", "stripe.events.v1.provisioning-service.dlt")
                .hasSize(Topics.all().stream()
                        .mapToInt(topic -> topic.groups().size())
                        .sum());
    }

    @Test
    void onlyServicesOwnAndReadTopics() {
        Set<String> services = Set.of(Topics.INGEST, Topics.PROVISIONING, Topics.BILLING, Topics.VOUCHER);

        assertThat(Topics.all()).allSatisfy(topic -> {
            assertThat(services).contains(topic.owner());
            assertThat(services).containsAll(topic.groups());
            assertThat(topic.partitions()).isPositive();
        });
    }

    @Test
    void whatIsSetAsideIsReadByTheLogAlone() {
        assertThat(Topics.all())
                .filteredOn(topic -> topic.name().equals(Topics.STRIPE_SET_ASIDE))
                .singleElement()
                .satisfies(topic -> assertThat(topic.groups()).containsExactly(Topics.INGEST));
    }
}
