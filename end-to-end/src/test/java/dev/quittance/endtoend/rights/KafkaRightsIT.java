package dev.quittance.endtoend.rights;

import static dev.quittance.endtoend.rights.BrokerSession.ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.kafka.BrokerUser;
import dev.quittance.localstack.kafka.BrokerUsers;
import dev.quittance.localstack.kafka.KafkaServer;
import dev.quittance.localstack.kafka.KafkaTopics;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Folders;
import dev.quittance.localstack.process.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whoever gets hold of one service's login can do what that service does, and nothing else: asked of a broker that enforces it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaRightsIT {
    static final List<String> SERVICES = List.of(Topics.INGEST, Topics.PROVISIONING, Topics.BILLING, Topics.VOUCHER);
    private static final String KEDA = BrokerUser.nameOf("keda");
    private static final String NOT_THE_TOPIC = "TopicAuthorizationException";
    private static final String NOT_THE_GROUP = "GroupAuthorizationException";
    private static final String NOT_THE_CLUSTER = "ClusterAuthorizationException";

    private final List<BrokerUser> users = ClusterUsers.read();
    private KafkaServer broker;
    private Process process;

    @BeforeAll
    void start() {
        Checkout checkout = Checkout.find();
        Path folder = checkout.root().resolve("end-to-end/target/rights");
        Folders.delete(folder);
        broker = KafkaServer.guarded(
                checkout, folder.resolve("data"), folder.resolve("kafka.log"), Ports.free(), folder.resolve("run"));
        process = broker.command().start();
        broker.awaitReady(process);
        KafkaTopics.create(broker.bootstrapServers(), "", 1);
        BrokerUsers.create(broker.bootstrapServers(), users);
        BrokerSession stack = new BrokerSession(broker.bootstrapServers(), Map.of());
        Topics.allNames().forEach(topic -> assertThat(stack.write(topic)).isEqualTo(ALLOWED));
    }

    @AfterAll
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceMayDoAllThatItDoes(String service) {
        // Given
        Duties duties = Duties.of(service);
        BrokerSession session = session(BrokerUser.nameOf(service));

        // When
        Map<String, String> tried = new TreeMap<>();
        duties.writes().forEach(topic -> tried.put("write " + topic, session.write(topic)));
        duties.reads().forEach((group, topics) -> {
            tried.put("join " + group, session.join(group, topics));
            topics.forEach(topic -> tried.put("read " + topic, session.read(topic)));
        });

        // Then
        assertThat(tried).isNotEmpty();
        assertThat(tried.values()).as("%s", tried).containsOnly(ALLOWED);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void whatAServiceDoesNotDoIsRefused(String service) {
        // Given
        Duties duties = Duties.of(service);
        BrokerSession session = session(BrokerUser.nameOf(service));
        Set<String> others = Set.copyOf(Topics.allNames());
        Map<String, String> tried = new TreeMap<>();
        Map<String, String> joined = new TreeMap<>();

        // When
        for (String topic : others) {
            if (!duties.writes().contains(topic)) {
                tried.put("write " + topic, session.write(topic));
            }
            if (!duties.isRead(topic)) {
                tried.put("read " + topic, session.read(topic));
            }
        }
        Set<String> mine = duties.readAs(service);
        for (String group : groups()) {
            if (!duties.reads().containsKey(group)) {
                joined.put("join " + group, session.join(group, mine));
            }
        }

        // Then
        assertThat(tried.values()).as("%s", tried).isNotEmpty().containsOnly(NOT_THE_TOPIC);
        assertThat(joined.values()).as("%s", joined).isNotEmpty().containsOnly(NOT_THE_GROUP);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void noServiceChangesTheBroker(String service) {
        // Given
        BrokerSession session = session(BrokerUser.nameOf(service));
        String owned = Duties.of(service).writes().iterator().next();

        // When
        Map<String, String> tried = new TreeMap<>();
        tried.put(
                "create",
                session.ask(admin -> admin.createTopics(List.of(new NewTopic("of-its-own", 1, (short) 1)))
                        .all()
                        .get()));
        tried.put(
                "delete",
                session.ask(admin -> admin.deleteTopics(List.of(owned)).all().get()));
        tried.put(
                "configure",
                session.ask(admin -> admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, owned),
                                List.of(new AlterConfigOp(
                                        new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET))))
                        .all()
                        .get()));
        String rights = session.ask(
                admin -> admin.describeAcls(AclBindingFilter.ANY).values().get());

        // Then
        assertThat(tried.values()).as("%s", tried).containsOnly(NOT_THE_TOPIC);
        assertThat(rights).isEqualTo(NOT_THE_CLUSTER);
    }

    /** As docs/operations.md says it of a restored database. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void aGroupIsSetBackWithItsServicesOwnLogin(String service) {
        // Given
        BrokerSession session = session(BrokerUser.nameOf(service));
        Set<String> mine = Duties.of(service).readAs(service);
        TopicPartition partition = new TopicPartition(mine.iterator().next(), 0);
        assertThat(session.join(service, mine)).isEqualTo(ALLOWED);

        // When
        String described = session.ask(
                admin -> admin.describeConsumerGroups(List.of(service)).all().get());
        String found = session.ask(admin -> admin.listOffsets(Map.of(partition, OffsetSpec.forTimestamp(0)))
                .all()
                .get());
        String set = session.ask(
                admin -> admin.alterConsumerGroupOffsets(service, Map.of(partition, new OffsetAndMetadata(0)))
                        .all()
                        .get());

        // Then
        assertThat(List.of(described, found, set)).containsOnly(ALLOWED);
    }

    @Test
    void kedaLearnsHowFarBehindAGroupIsAndNothingElse() {
        // Given
        BrokerSession keda = session(KEDA);
        TopicPartition partition = new TopicPartition(Topics.STRIPE_EVENTS, 0);

        // When
        String offsets = keda.ask(admin -> admin.listConsumerGroupOffsets(Topics.BILLING)
                .partitionsToOffsetAndMetadata()
                .get());
        String ends = keda.ask(admin ->
                admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get());

        // Then
        assertThat(offsets).isEqualTo(ALLOWED);
        assertThat(ends).isEqualTo(ALLOWED);
        assertThat(keda.read(Topics.STRIPE_EVENTS)).isEqualTo(NOT_THE_TOPIC);
        assertThat(keda.write(Topics.STRIPE_EVENTS)).isEqualTo(NOT_THE_CLUSTER);
        assertThat(keda.join(Topics.BILLING, Set.of(Topics.STRIPE_EVENTS))).isEqualTo(NOT_THE_GROUP);
    }

    @Test
    void aWrongPasswordOpensNothing() {
        // Given
        BrokerSession thief = new BrokerSession(
                broker.guardedServers(), new BrokerUser(BrokerUser.nameOf(Topics.BILLING), "guessed", List.of()));

        // When
        String written = thief.write(Topics.BILLING_EVENTS);

        // Then
        assertThat(written).isEqualTo("SaslAuthenticationException");
    }

    private BrokerSession session(String name) {
        return new BrokerSession(
                broker.guardedServers(),
                users.stream()
                        .filter(user -> user.name().equals(name))
                        .findFirst()
                        .orElseThrow());
    }

    private static Set<String> groups() {
        Set<String> groups = SERVICES.stream()
                .flatMap(service -> Duties.of(service).reads().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        groups.add("nobodys-group");
        return groups;
    }
}
