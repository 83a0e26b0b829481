package dev.quittance.provisioning.moving;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.provisioning.http.TokenIssuer;
import dev.quittance.provisioning.http.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The import over HTTP: page by page, once, and never over what lives. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class ImportIT {
    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @Test
    @DisplayName("I6: what is known is taken over in pages and once, never over what lives")
    void whatIsKnownIsTakenOverInPagesAndOnce() throws SQLException {
        // Given
        execute("""
                insert into auth.users (id, email)
                select ('00000000-0000-4000-8001-' || lpad(n::text, 12, '0'))::uuid, 'im' || n || '@example.com'
                from generate_series(1, 700) n;
                insert into provisioning.import_profiles (user_id, full_name)
                select ('00000000-0000-4000-8001-' || lpad(n::text, 12, '0'))::uuid, 'Number ' || n
                from generate_series(1, 701) n;
                insert into provisioning.import_links (stripe_customer_id, user_id)
                select 'cus_im' || n, ('00000000-0000-4000-8001-' || lpad(n::text, 12, '0'))::uuid
                from generate_series(1, 701) n;
                insert into provisioning.import_links (stripe_customer_id, user_id)
                values ('no-customer', '00000000-0000-4000-8001-000000000001');
                insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence)
                values ('00000000-0000-4000-8001-000000000002', 'cus_im3', 'session');
                """);

        // When
        Response first = take();
        // Somebody starts it again from the beginning: nothing that is done is done again.
        execute(
                "update provisioning.stripe_customers set customer_name = 'Lives' where stripe_customer_id = 'cus_im1'");
        Response second = take();
        Response third = take();

        // Then
        first.then().statusCode(200).body("left", equalTo(403));
        second.then().statusCode(200).body("left", equalTo(0)).body("refused", equalTo(4));
        third.then().statusCode(200).body("left", equalTo(0)).body("refused", equalTo(4));
        assertThat(one("select count(*) from provisioning.stripe_customers where stripe_customer_id like 'cus_im%'"))
                .isEqualTo("700");
        assertThat(one("select string_agg(stripe_customer_id || ' ' || refusal, ',' order by stripe_customer_id)"
                        + " from provisioning.import_links where refusal is not null"))
                .isEqualTo("cus_im3 linked-to-another,cus_im701 user-unknown,no-customer customer-id-invalid");
        assertThat(one("select user_id from provisioning.stripe_customers where stripe_customer_id = 'cus_im3'"))
                .endsWith("2");
        assertThat(one("select customer_name from provisioning.stripe_customers where stripe_customer_id = 'cus_im1'"))
                .isEqualTo("Lives");
        assertThat(one("select full_name from provisioning.users where email = 'im700@example.com'"))
                .isEqualTo("Number 700");
    }

    @Test
    void plansAreTakenOverOnceAndStripesOwnStand() throws SQLException {
        // Given
        execute("""
                insert into provisioning.plans (name, stripe_price_id) values ('Of Stripe', 'price_im1');
                insert into provisioning.import_plans
                    (key, name, price_minor, price_currency, benefits, resources, stripe_price_id) values
                    ('basic', 'Basic', 500, 'eur', '["Private"]', '{"ports": 1}', null),
                    ('pro', 'Pro', 900, 'eur', '["Fast"]', null, 'price_im1'),
                    ('team', 'Team', 900, 'EUR', '["Many"]', null, 'price_im2'),
                    ('odd', 'Odd', 900, 'EUR', '{}', null, 'price_im3'),
                    ('coins', 'Coins', 900, 'gold', '[]', null, 'price_im4');
                """);

        // When
        for (int i = 0; i < 4; i++) {
            take().then().statusCode(200);
        }
        execute("update provisioning.import_plans set done_at = null where key = 'team'");
        take().then().statusCode(200);

        // Then
        assertThat(one("""
                        select string_agg(concat_ws(' ', name, price_minor, price_currency, benefits), ', ' order by name)
                        from provisioning.plans where name in ('Basic', 'Pro', 'Team', 'Odd', 'Coins', 'Of Stripe')
                        """)).isEqualTo("Basic 500 EUR [\"Private\"], Of Stripe EUR [], Team 900 EUR [\"Many\"]");
        assertThat(one("select string_agg(key || ' ' || refusal, ', ' order by key) from provisioning.import_plans"))
                .isEqualTo("coins currency-unknown, odd benefits-no-list");
        execute("delete from provisioning.import_plans");
    }

    @Test
    void usersImportNothing() {
        given().auth()
                .oauth2(new Tokens(privateKey).user(UUID.randomUUID()))
                .post("/api/admin/customers/imports")
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"));
        given().post("/api/admin/customers/imports").then().statusCode(401);
    }

    private Response take() {
        return given().auth().oauth2(new Tokens(privateKey).operator()).post("/api/admin/customers/imports");
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
