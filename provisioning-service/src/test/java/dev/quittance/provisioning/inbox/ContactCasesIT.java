package dev.quittance.provisioning.inbox;

import static dev.quittance.provisioning.inbox.CaseEvents.created;
import static dev.quittance.provisioning.inbox.CaseEvents.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By which e-mail a buyer is known, wherever it stands: every permutation of the events, each doubled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContactCasesIT {
    private static final long SEED = 20_261_123;

    private final InboxProbe probe;

    ContactCasesIT() throws SQLException {
        probe = new InboxProbe();
    }

    @ParameterizedTest(name = "C7: by {0} alone a new buyer is known")
    @EnumSource(ContactPlace.class)
    void anEmailBesideThePurchaseIsEnough(ContactPlace place) throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, null),
                session("cs_" + run, "cus_" + run, null, null),
                place.of(run, "cus_" + run, " New." + run + "@Example.COM")));

        // Then
        assertThat(state)
                .contains("new.RUN@example.com,cs_RUN,cus_RUN,t")
                .contains(",hint,new.RUN@example.com")
                .doesNotContain("needs-identity");
    }

    @ParameterizedTest(name = "C7: by {0} alone a verified user is found")
    @EnumSource(ContactPlace.class)
    void anEmailBesideThePurchaseFindsAVerifiedUser(ContactPlace place) throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, null),
                session("cs_" + run, "cus_" + run, null, null),
                place.of(run, "cus_" + run, "VERIFIED." + run + "@example.com")));

        // Then
        assertThat(state).contains("verified.RUN@example.com,cs_RUN,cus_RUN,t").doesNotContain("needs-identity");
    }

    @Test
    @DisplayName("C7: the invoice's e-mail comes before the charge's, and that before the card's")
    void theInvoiceComesBeforeTheChargeAndThatBeforeTheCard() throws SQLException {
        // When
        String all = theOneState(run -> List.of(
                created("cus_" + run, null),
                session("cs_" + run, "cus_" + run, null, null),
                ContactPlace.CARD.of(run, "cus_" + run, "card." + run + "@example.com"),
                ContactPlace.CHARGE.of(run, "cus_" + run, "charge." + run + "@example.com"),
                ContactPlace.INVOICE.of(run, "cus_" + run, "invoice." + run + "@example.com")));
        String two = theOneState(run -> List.of(
                created("cus_" + run, null),
                session("cs_" + run, "cus_" + run, null, null),
                ContactPlace.CARD.of(run, "cus_" + run, "card." + run + "@example.com"),
                ContactPlace.CHARGE.of(run, "cus_" + run, "charge." + run + "@example.com")));

        // Then
        assertThat(all)
                .contains("invoice.RUN@example.com,cs_RUN,cus_RUN,t")
                .doesNotContain("card.RUN")
                .doesNotContain("charge.RUN");
        assertThat(two).contains("charge.RUN@example.com,cs_RUN,cus_RUN,t").doesNotContain("card.RUN");
    }

    @Test
    @DisplayName("C7: what the customer or the session says comes before all of them")
    void whatIsSaidComesBeforeWhatStandsBeside() throws SQLException {
        // When
        String typed = theOneState(run -> List.of(
                created("cus_" + run, null),
                session("cs_" + run, "cus_" + run, "verified." + run + "@example.com", null),
                ContactPlace.INVOICE.of(run, "cus_" + run, "invoice." + run + "@example.com")));
        String stated = theOneState(run -> List.of(
                created("cus_" + run, "verified." + run + "@example.com"),
                session("cs_" + run, "cus_" + run, null, null),
                ContactPlace.CHARGE.of(run, "cus_" + run, "charge." + run + "@example.com")));

        // Then
        assertThat(typed)
                .contains("verified.RUN@example.com,cs_RUN,cus_RUN,t")
                .contains(",email,verified.RUN@example.com")
                .doesNotContain("invoice.RUN");
        assertThat(stated).contains("verified.RUN@example.com,cs_RUN,cus_RUN,t").doesNotContain("charge.RUN");
    }

    @ParameterizedTest(name = "C7: a guest is known by {0} of the same payment")
    @EnumSource(value = ContactPlace.class, names = "CARD", mode = EnumSource.Mode.EXCLUDE)
    void aGuestIsKnownByThePayment(ContactPlace place) throws SQLException {
        // When
        String state = theOneState(run -> {
            StripeJson session = session("cs_" + run, null, null, null);
            session.object().put("payment_intent", "pi_" + run);
            return List.of(session, place.of(run, null, "new." + run + "@example.com"));
        });

        // Then
        assertThat(state).contains("new.RUN@example.com,cs_RUN,t").doesNotContain("needs-identity");
    }

    @Test
    @DisplayName("C7: where no e-mail stands anywhere the purchase waits, and is in the operator's queue")
    void withoutAnyEmailItWaits() throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, null),
                session("cs_" + run, "cus_" + run, null, null),
                ContactPlace.CHARGE.of(run, "cus_" + run, "no address")));

        // Then
        assertThat(state)
                .contains("evt_cs_RUN,customer:/cus_RUN,needs-identity")
                .contains("cus_RUN,needs-identity");
    }

    @Test
    @DisplayName(
            "C4: a verified user's e-mail in other letters and with spaces is that user; with a plus it is another's")
    void aVerifiedEmailIsItsUser() throws SQLException {
        // When
        String spelt = theOneState(run -> List.of(
                created("cus_" + run, " VERIFIED." + run + "@Example.COM "),
                session("cs_" + run, "cus_" + run, "Verified." + run + "@example.com\t", null)));
        String plus = theOneState(run -> List.of(
                created("cus_" + run, "verified+shop." + run + "@example.com"),
                session("cs_" + run, "cus_" + run, "verified+shop." + run + "@example.com", null)));
        String signedInElsewhere = theOneState(
                run -> byAnotherProvider(run),
                run -> List.of(
                        created("cus_" + run, "Oauth." + run + "@example.com"),
                        session("cs_" + run, "cus_" + run, "oauth." + run + "@example.com", null)));

        // Then
        assertThat(spelt).contains("verified.RUN@example.com,cs_RUN,cus_RUN,t");
        assertThat(plus)
                .contains("verified+shop.RUN@example.com,cs_RUN,cus_RUN,t")
                .doesNotContain(" verified.RUN@example.com,cs_RUN");
        assertThat(signedInElsewhere).contains("oauth.RUN@example.com,cs_RUN,cus_RUN,t");
    }

    @Test
    @DisplayName("C4: an unproved e-mail waits with one claim to be mailed, and its user is left as it is")
    void anUnprovedEmailWaits() throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, "unverified." + run + "@example.com"),
                session("cs_" + run, "cus_" + run, "Unverified." + run + "@example.com", null)));

        // Then
        assertThat(state)
                .contains("evt_cs_RUN,customer:/cus_RUN,email-unverified")
                .contains("evt_cus_RUN,customer:/cus_RUN,email-unverified")
                .doesNotContain("unverified.RUN@example.com,cs_RUN");
        assertThat(probe.one("select max(claims) from (select count(*) as claims from provisioning.identity_claims"
                        + " where email like 'unverified.q%' group by subject) each"))
                .isEqualTo("1");
        assertThat(probe.one("select count(*) from auth.users where email like 'unverified.q%'"
                        + " and (encrypted_password is not null or email_confirmed_at is not null)"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("C11: a profile that is missing is made, whether the events or the mending come first")
    void aMissingProfileIsMadeByWhateverComesFirst() throws SQLException {
        // Given
        Random random = new Random(SEED);
        Set<String> states = new HashSet<>();
        int number = 0;

        for (List<Integer> order : Orders.permutations(3)) {
            String run = "m%05d".formatted(++number);
            probe.user(run);
            probe.execute("delete from provisioning.users where id = '" + Buyer.userId("user", run) + "'");
            List<StripeJson> events = List.of(
                    created("cus_" + run, "user." + run + "@example.com").named(Buyer.userId("user", run)),
                    session("cs_" + run, "cus_" + run, null, "user"));

            // When
            for (int step : Orders.doubled(order, random)) {
                if (step < events.size()) {
                    probe.process(new ArrayList<>(List.of(events.get(step).record(InboxProbe.PREFIX, 0))));
                } else {
                    probe.one("select count(*) from provisioning.mend_profiles(1000)");
                }
            }
            states.add(StateDump.of(probe.connection, run));
        }

        // Then
        assertThat(states).as("seed %d", SEED).hasSize(1);
        assertThat(states.iterator().next())
                .contains("user.RUN@example.com,cs_RUN,cus_RUN,t")
                .contains("user.RUN@example.com,own,");
    }

    @AfterAll
    void close() throws SQLException {
        probe.close();
    }

    private List<StripeJson> byAnotherProvider(String run) {
        try {
            probe.execute(
                    "insert into auth.users (id, email, email_confirmed_at, raw_app_meta_data) values (gen_random_uuid(), 'oauth."
                            + run + "@example.com', now(), '{\"provider\": \"google\"}')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return List.of();
    }

    private String theOneState(Function<String, List<StripeJson>> events) throws SQLException {
        return theOneState(_ -> List.of(), events);
    }

    private String theOneState(Function<String, List<StripeJson>> before, Function<String, List<StripeJson>> events)
            throws SQLException {
        Map<String, String> states =
                new CaseRuns(probe.inbox(), probe.connection, InboxProbe.PREFIX).states(before, events);
        assertThat(states).as("seed %d", CaseRuns.SEED).hasSize(1);
        return states.keySet().iterator().next();
    }
}
