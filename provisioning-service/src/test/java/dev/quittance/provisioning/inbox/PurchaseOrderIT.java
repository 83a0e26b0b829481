package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The events of one purchase lead to one state: in every order, each twice, in whatever batches they come. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
class PurchaseOrderIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long SEED = 20_261_120;
    private static final AtomicInteger RUNS = new AtomicInteger();

    @Inject
    Inboxes inboxes;

    @Inject
    ProvisioningHandler handler;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = "quittance.delivery.topic-prefix")
    String prefix;

    /** Who the buyer is. RUN is replaced by the run's own number, so that runs do not meet. */
    enum Buyer {
        NEW_GUEST {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "ann.RUN@example.com"),
                        updated(run, "ann.RUN@example.com").name("Ann Example").event(),
                        completed(run, "ann.RUN@example.com", null));
            }
        },
        NEW_GUEST_WHO_CHANGES_THE_EMAIL {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "old.RUN@example.com"),
                        updated(run, "new.RUN@example.com").event(),
                        completed(run, "typed.RUN@example.com", null));
            }
        },
        CUSTOMER_WITHOUT_EMAIL {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, null),
                        updated(run, null).name("Ann Example").event(),
                        completed(run, "ann.RUN@example.com", null));
            }
        },
        SIGNED_IN {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "user.RUN@example.com"),
                        updated(run, "user.RUN@example.com").name("Ann Example").event(),
                        completed(run, "user.RUN@example.com", "user"));
            }
        },
        SIGNED_IN_WITH_ANOTHER_EMAIL {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "other.RUN@example.com"),
                        updated(run, "other.RUN@example.com")
                                .name("Ann Example")
                                .event(),
                        completed(run, "other.RUN@example.com", "user"));
            }
        },
        SIGNED_IN_WITH_THE_EMAIL_OF_A_VERIFIED_OTHER {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "verified.RUN@example.com"),
                        updated(run, "verified.RUN@example.com")
                                .name("Ann Example")
                                .event(),
                        completed(run, "verified.RUN@example.com", "user"));
            }
        },
        SIGNED_IN_WITH_THE_EMAIL_OF_AN_UNVERIFIED_OTHER {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "unverified.RUN@example.com"),
                        updated(run, "unverified.RUN@example.com").event(),
                        completed(run, "unverified.RUN@example.com", "user"));
            }
        },
        GUEST_WITH_THE_EMAIL_OF_A_VERIFIED_USER {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "Verified.RUN@Example.com "),
                        updated(run, "verified.RUN@example.com").event(),
                        completed(run, "VERIFIED.RUN@example.com", null));
            }
        },
        GUEST_WITH_THE_EMAIL_OF_AN_UNVERIFIED_USER {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "unverified.RUN@example.com"),
                        updated(run, "unverified.RUN@example.com").event(),
                        completed(run, "unverified.RUN@example.com", null));
            }
        },
        CUSTOMER_WITH_METADATA {
            @Override
            List<StripeJson> events(String run) {
                return List.of(
                        created(run, "user.RUN@example.com").named(userId("user", run)),
                        updated(run, "user.RUN@example.com").event().named(userId("user", run)),
                        completed(run, "other.RUN@example.com", "user"));
            }
        };

        abstract List<StripeJson> events(String run);
    }

    @ParameterizedTest
    @EnumSource(Buyer.class)
    void everyOrderLeadsToTheSameState(Buyer buyer) throws SQLException {
        // Given
        Inbox<ProvisioningFact> inbox = inboxes.inbox(handler);
        List<List<Integer>> orders = arrangements(List.of(0, 0, 1, 1, 2, 2));
        Random random = new Random(SEED);

        // When
        Map<String, String> states = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(superuserUrl)) {
            for (List<Integer> order : orders) {
                String run = "r%05d".formatted(RUNS.incrementAndGet());
                prepareUsers(connection, run);
                List<StripeJson> events = buyer.events(run);
                List<List<Integer>> batches = split(order, random);
                for (List<Integer> batch : batches) {
                    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
                    batch.forEach(index -> records.add(events.get(index).record(prefix, records.size())));
                    inbox.process(StripeJson.records(records)).await().atMost(TIMEOUT);
                }
                states.putIfAbsent(dump(connection, run), batches.toString());
            }
        }

        // Then
        assertThat(states).as("seed %d", SEED).hasSize(1);
        assertThat(states.keySet().iterator().next())
                .contains("stripe_customers")
                .doesNotContain("null,null,null");
    }

    private static List<List<Integer>> arrangements(List<Integer> rest) {
        if (rest.isEmpty()) {
            return List.of(List.of());
        }
        return rest.stream()
                .distinct()
                .flatMap(first -> {
                    List<Integer> others = new ArrayList<>(rest);
                    others.remove(first);
                    return arrangements(others).stream()
                            .map(tail -> Stream.concat(Stream.of(first), tail.stream())
                                    .toList());
                })
                .toList();
    }

    private static List<List<Integer>> split(List<Integer> order, Random random) {
        List<List<Integer>> batches = new ArrayList<>();
        int cuts = random.nextInt(1 << (order.size() - 1));
        List<Integer> batch = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            batch.add(order.get(i));
            if (i == order.size() - 1 || (cuts >> i & 1) == 1) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
        }
        return batches;
    }

    private void prepareUsers(Connection connection, String run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into auth.users (id, email, email_confirmed_at) values (?, ?, ?::timestamptz)")) {
            for (String who : List.of("user", "verified", "unverified")) {
                insert.setObject(1, userId(who, run));
                insert.setString(2, who + "." + run + "@example.com");
                insert.setString(3, who.equals("unverified") ? null : "2026-01-01T00:00:00Z");
                insert.executeUpdate();
            }
        }
    }

    private static UUID userId(String who, String run) {
        return UUID.nameUUIDFromBytes((who + run).getBytes(StandardCharsets.UTF_8));
    }

    /** Everything about the run without ids and times; users are named by what is known of them. */
    private String dump(Connection connection, String run) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> query : DUMPS.entrySet()) {
                dump.append(query.getKey()).append('\n');
                try (ResultSet rows = statement.executeQuery(query.getValue().replace("RUN", run))) {
                    while (rows.next()) {
                        dump.append("  ").append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return dump.toString().replace(userId("user", run).toString(), "USER").replace(run, "RUN");
    }

    private static final Map<String, String> DUMPS = dumps();

    private static Map<String, String> dumps() {
        Map<String, String> dumps = new LinkedHashMap<>();
        dumps.put("auth.users", """
                select concat_ws(',', email, raw_app_meta_data, deleted_at) from auth.users
                where email like '%RUN@%' order by 1
                """);
        dumps.put("users", """
                select concat_ws(',', p.email, p.email_as_of, full_name, full_name_as_of, a.status, a.expiry,
                    a.account_number is not null)
                from provisioning.users p left join provisioning.accounts a on a.user_id = p.id
                where p.email like '%RUN@%' order by 1
                """);
        dumps.put("stripe_customers", """
                select concat_ws(',', u.email, stripe_customer_id, is_primary, evidence, customer_email, c.email_as_of,
                    customer_name, name_as_of, customer_metadata, metadata_as_of)
                from provisioning.stripe_customers c join provisioning.users u on u.id = c.user_id
                where stripe_customer_id like '%RUN' order by 1
                """);
        dumps.put("resolved_sessions", """
                select concat_ws(',', u.email, session_id, stripe_customer_id, is_paid)
                from provisioning.resolved_sessions s join provisioning.users u on u.id = s.user_id
                where session_id like '%RUN' order by 1
                """);
        dumps.put("identity_mismatches", """
                select concat_ws(',', subject, reason, u.email, o.email)
                from provisioning.identity_mismatches m join provisioning.users u on u.id = m.user_id
                left join provisioning.users o on o.id = m.other_user_id
                where subject like '%RUN' order by 1
                """);
        dumps.put("parked", """
                select concat_ws(',', event_id, waits_for, reason) from provisioning.parked
                where event_id like '%RUN' order by 1
                """);
        return dumps;
    }

    private static StripeJson created(String run, @Nullable String email) {
        JsonObject customer =
                StripeJson.customer("cus_" + run).put("email", email == null ? null : email.replace("RUN", run));
        return StripeJson.of("evt_c_" + run, "customer.created", 1, customer);
    }

    private static Update updated(String run, @Nullable String email) {
        return new Update(
                run, StripeJson.customer("cus_" + run).put("email", email == null ? null : email.replace("RUN", run)));
    }

    /** In the same second as the creation. */
    private record Update(String run, JsonObject customer) {
        Update name(String name) {
            customer.put("name", name);
            return this;
        }

        StripeJson event() {
            return StripeJson.of("evt_u_" + run, "customer.updated", 1, customer);
        }
    }

    private static StripeJson completed(String run, String email, @Nullable String reference) {
        JsonObject session = StripeJson.session("cs_" + run)
                .put("customer", "cus_" + run)
                .put(
                        "client_reference_id",
                        reference == null ? null : userId(reference, run).toString())
                .put(
                        "customer_details",
                        new JsonObject().put("email", email.replace("RUN", run)).put("name", "As Typed"));
        return StripeJson.of("evt_s_" + run, "checkout.session.completed", 2, session);
    }
}
