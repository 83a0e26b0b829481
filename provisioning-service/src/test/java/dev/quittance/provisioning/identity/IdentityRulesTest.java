package dev.quittance.provisioning.identity;

import static dev.quittance.provisioning.identity.IdentityFacts.NOW;
import static dev.quittance.provisioning.identity.IdentityFacts.customer;
import static dev.quittance.provisioning.identity.IdentityFacts.named;
import static dev.quittance.provisioning.identity.IdentityFacts.session;
import static dev.quittance.provisioning.identity.IdentityFacts.stated;
import static dev.quittance.provisioning.identity.IdentityFacts.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.provisioning.IdentityMismatchFound;
import dev.quittance.contracts.provisioning.ProvisioningEvent;
import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.CustomerLink;
import dev.quittance.provisioning.customer.Evidence;
import dev.quittance.provisioning.customer.Noted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose a purchase is, case by case; C1 to C7 are the cases that such systems are known to get wrong. */
class IdentityRulesTest {
    private static final UUID ANN = new UUID(1, 1);
    private static final UUID BOB = new UUID(1, 2);
    private static final String ANNS = "ann@example.com";
    private static final String BOBS = "bob@example.com";
    private static final CustomerKey CUS_A = new CustomerKey("", "cus_A");
    private static final CustomerKey CUS_B = new CustomerKey("", "cus_B");

    private final Random random = new Random(5);
    private final WorkingSet set = new WorkingSet(NOW, new Minting() {
        @Override
        public UUID userId() {
            return new UUID(9, random.nextInt(1_000_000));
        }

        @Override
        public AccountNumber accountNumber() {
            return AccountNumber.draw(random);
        }
    });
    private final IdentityRules rules = new IdentityRules(set);

    @Test
    void c1SessionBeforeCustomerMakesOneUserOneLinkOneAccount() {
        // When
        Outcome session = rules.session(session("cs_1", CUS_A, ANNS));
        Outcome customer = rules.customer(customer(CUS_A, ANNS, 1));

        // Then
        assertThat(List.of(session, customer)).containsOnly(new Outcome.Applied());
        assertThat(set.people.values()).singleElement().satisfies(person -> {
            assertThat(person.isUnclaimed()).isTrue();
            assertThat(person.authEmail()).isEqualTo(ANNS);
            assertThat(person.account()).isNotNull();
        });
        assertThat(set.links.values()).hasSize(1);
        assertThat(told(CustomerProvisioned.class)).hasSize(2);
    }

    @Test
    void c2ASecondCustomerOfOneUserIsAnAlias() {
        // Given
        signedUp(ANN, ANNS, true);

        // When
        rules.session(named("cs_1", CUS_A, ANN, ANNS));
        rules.session(named("cs_2", CUS_B, ANN, ANNS));

        // Then
        assertThat(link(CUS_A).isPrimary()).isTrue();
        assertThat(link(CUS_B).isPrimary()).isFalse();
        assertThat(link(CUS_B).userId()).isEqualTo(ANN);
        assertThat(set.people.values()).hasSize(1);
    }

    @Test
    void c3AGuestGetsAUserAndNoLink() {
        // When
        Outcome outcome = rules.session(session("cs_1", null, ANNS));

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Applied());
        assertThat(set.links.values()).isEmpty();
        assertThat(told(CustomerProvisioned.class)).singleElement().satisfies(event -> {
            assertThat(event.stripeCustomerId()).isNull();
            assertThat(event.checkoutSessionId()).isEqualTo("cs_1");
        });
    }

    @Test
    void c3AGuestsNextPurchaseLeavesTheLinkAsItIs() {
        // Given
        rules.session(session("cs_1", CUS_A, ANNS));
        CustomerLink before = link(CUS_A);

        // When
        rules.session(session("cs_2", null, ANNS));

        // Then
        assertThat(link(CUS_A)).isEqualTo(before);
        assertThat(set.people.values()).hasSize(1);
    }

    @Test
    void c4AVerifiedEmailIsThatUsers() {
        // Given
        signedUp(ANN, " Ann@Example.com", true);

        // When
        rules.customer(customer(CUS_A, ANNS, 1));

        // Then
        assertThat(link(CUS_A).userId()).isEqualTo(ANN);
    }

    @Test
    void c4AnUnverifiedEmailTakesNothingAndWaits() {
        // Given
        signedUp(ANN, ANNS, false);

        // When
        Outcome outcome = rules.session(session("cs_1", CUS_A, ANNS));

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Waits("customer:/cus_A", "email-unverified"));
        assertThat(set.links.values()).isEmpty();
        assertThat(set.sessions.values()).isEmpty();
        assertThat(set.people.values()).hasSize(1);
        assertThat(told(IdentityMismatchFound.class)).singleElement().satisfies(event -> {
            assertThat(event.userId()).isEqualTo(ANN);
            assertThat(event.subject()).isEqualTo("cus_A");
            assertThat(event.reason()).isEqualTo("email-unverified");
        });
    }

    @Test
    void c5AnAttackersEmailDoesNotInheritTheVictimsCustomer() {
        // Given
        signedUp(ANN, "moved@example.com", true);
        signedUp(BOB, ANNS, true);
        set.load(CustomerLink.of(CUS_A, ANN, true, Evidence.SESSION).announced());
        set.loadCustomer(ANN, CUS_A, true);

        // When
        rules.customer(customer(CUS_A, ANNS, 1));
        rules.session(session("cs_1", CUS_A, ANNS));

        // Then
        assertThat(link(CUS_A).userId()).isEqualTo(ANN);
        assertThat(set.sessions.values()).extracting(ResolvedSession::userId).containsExactly(ANN);
        assertThat(set.person(BOB).account()).isNull();
    }

    @Test
    void c6TheNamedUserWinsOverTheEmailThatWasTyped() {
        // Given
        signedUp(ANN, ANNS, true);
        signedUp(BOB, BOBS, true);

        // When
        rules.session(named("cs_1", CUS_A, ANN, BOBS));

        // Then
        assertThat(set.sessions.values()).extracting(ResolvedSession::userId).containsExactly(ANN);
        assertThat(link(CUS_A).userId()).isEqualTo(ANN);
        assertThat(set.mismatches.values())
                .extracting(mismatch -> mismatch.key().reason())
                .containsExactlyInAnyOrder("email-differs", "email-of-another");
    }

    @Test
    void c6ALinkByEmailMovesToTheNamedUserAndTheEmptyUserGoes() {
        // Given
        signedUp(ANN, ANNS, true);
        rules.customer(customer(CUS_A, "typed@example.com", 1));
        UUID shell = link(CUS_A).userId();

        // When
        rules.session(named("cs_1", CUS_A, ANN, "typed@example.com"));

        // Then
        assertThat(link(CUS_A).userId()).isEqualTo(ANN);
        assertThat(set.people.get(shell)).isNull();
        assertThat(told(CustomerProvisioned.class))
                .allMatch(event -> event.userId().equals(ANN));
    }

    @Test
    void aLinkThatWasPaidThroughDoesNotMoveAndTheSessionStillGoesToTheNamedUser() {
        // Given
        signedUp(ANN, ANNS, true);
        rules.session(session("cs_1", CUS_A, "typed@example.com"));
        UUID first = link(CUS_A).userId();

        // When
        rules.session(named("cs_2", CUS_A, ANN, ANNS));

        // Then
        assertThat(link(CUS_A).userId()).isEqualTo(first);
        assertThat(set.sessions.get(new SessionKey("", "cs_2")))
                .extracting(session -> Objects.requireNonNull(session).userId())
                .isEqualTo(ANN);
        assertThat(set.mismatches.values())
                .extracting(mismatch -> mismatch.key().reason())
                .containsExactly("user-differs");
    }

    @Test
    void c7WithoutAnyIdentityASessionWaitsForItsCustomerOrForAPerson() {
        // When
        Outcome withCustomer = rules.session(session("cs_1", CUS_A, null));
        Outcome guest = rules.session(session("cs_2", null, null));
        Outcome customer = rules.customer(customer(CUS_B, null, 1));

        // Then
        assertThat(withCustomer).isEqualTo(new Outcome.Waits("customer:/cus_A", "needs-identity"));
        assertThat(guest).isEqualTo(new Outcome.Waits("operator:/cs_2", "needs-identity"));
        assertThat(customer).isEqualTo(new Outcome.Waits("customer:/cus_B", "needs-identity"));
        assertThat(set.people.values()).isEmpty();
    }

    @Test
    void aUserWhoDoesNotExistIsAsIfNotNamed() {
        // When
        rules.session(named("cs_1", CUS_A, BOB, ANNS));

        // Then
        assertThat(link(CUS_A).userId()).isNotEqualTo(BOB);
        assertThat(link(CUS_A).evidence()).isEqualTo(Evidence.EMAIL);
    }

    @Test
    void anUnpaidSessionResolvesIdentityAndIsPaidLater() {
        // Given
        rules.session(new SessionFact(
                new SessionKey("", "cs_1"), CUS_A, List.of(), ANNS, null, List.of(), false, typed("evt_1")));
        boolean wasPaid = link(CUS_A).hasPaidSession();

        // When
        rules.session(session("cs_1", CUS_A, ANNS));

        // Then
        assertThat(wasPaid).isFalse();
        assertThat(link(CUS_A).hasPaidSession()).isTrue();
        assertThat(told(CustomerProvisioned.class)).hasSize(2);
    }

    @Test
    void aCustomerThatOnlyAnEmailLinksIsNotToldBeforeItPays() {
        // When
        rules.customer(customer(CUS_A, ANNS, 1));

        // Then
        assertThat(link(CUS_A).isAnnounced()).isFalse();
        assertThat(set.told()).isEmpty();
    }

    @Test
    void theProfileOfAClaimedUserKeepsTheirOwnNameAndEmail() {
        // Given
        set.load(new Person(ANN, ANNS, true, false, new Noted(ANNS, null), new Noted("Ann", null), null, false));

        // When
        rules.customer(new CustomerFact(CUS_A, List.of(ANN), BOBS, "Robert", Map.of(), stated(1)));

        // Then
        assertThat(set.person(ANN).name()).isEqualTo(new Noted("Ann", null));
        assertThat(set.person(ANN).authEmail()).isEqualTo(ANNS);
        assertThat(link(CUS_A).email())
                .extracting(email -> Objects.requireNonNull(email).value())
                .isEqualTo(BOBS);
    }

    private void signedUp(UUID id, String email, boolean isVerified) {
        set.load(new Person(id, email, isVerified, false, new Noted(email, null), null, null, false));
    }

    private CustomerLink link(CustomerKey key) {
        return Objects.requireNonNull(set.links.get(key));
    }

    private <E extends ProvisioningEvent> List<E> told(Class<E> type) {
        return set.told().stream()
                .map(told -> told.event().event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
