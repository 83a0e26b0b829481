package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.provisioning.supabase.AuthDoubleResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where Supabase makes the users, a purchase waits for its user and is then the same as everywhere. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(value = AuthDoubleResource.class, restrictToAnnotatedClass = true)
class SupabaseBackendIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

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

    @Test
    @DisplayName("B9: a user is asked for outside the transaction and made once, in every order")
    void everyOrderLeadsToTheUserThatSupabaseMade() throws SQLException {
        // When
        List<String> runs;
        try (Connection connection = DriverManager.getConnection(superuserUrl)) {
            runs = new CaseRuns(inboxes.inbox(handler), connection, prefix)
                    .play(
                            _ -> List.of(),
                            run -> List.of(
                                    CaseEvents.created("cus_" + run, CaseEvents.guest(run)),
                                    CaseEvents.session("cs_" + run, "cus_" + run, CaseEvents.guest(run), null)));
        }

        // Then
        for (String run : runs) {
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(one("""
                            select concat_ws(',', u.email, u.raw_app_meta_data, c.stripe_customer_id, c.is_primary,
                              a.status, (select count(*) from provisioning.parked where event_id like '%RUN'),
                              (select count(*) from auth.users where email = 'guest.RUN@example.com'))
                            from provisioning.resolved_sessions s join auth.users u on u.id = s.user_id
                            join provisioning.stripe_customers c on c.user_id = u.id
                            join provisioning.accounts a on a.user_id = u.id where s.session_id = 'cs_RUN'
                            """.replace("RUN", run)))
                            .isEqualTo("guest.%s@example.com,{\"quittance\": true},cus_%s,t,active,0,1"
                                    .formatted(run, run)));
        }
        assertThat(one("select count(*) from provisioning.auth_user_requests")).isEqualTo("0");
    }

    private String one(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
