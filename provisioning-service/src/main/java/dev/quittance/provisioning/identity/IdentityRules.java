package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.CustomerLink;
import dev.quittance.provisioning.customer.Evidence;
import dev.quittance.provisioning.customer.Noted;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose a fact is: the user that it names, else the customer's, else the one with its e-mail, else a new one. The same
 * facts lead to the same state in whatever order they come.
 */
public final class IdentityRules {
    /** What a subject waits for that is settled as soon as it is known whose it is. */
    private static final List<String> WAITING =
            List.of(Mismatch.EMAIL_UNVERIFIED, Mismatch.EMAIL_AMBIGUOUS, Mismatch.NEEDS_IDENTITY);

    private final WorkingSet set;
    private final AnnouncementRules announcements;

    public IdentityRules(WorkingSet set) {
        this.set = set;
        this.announcements = new AnnouncementRules(set);
    }

    public Outcome customer(CustomerFact fact) {
        Optional<UUID> decided = decided(fact.key().stripeAccount(), fact.key().customerId());
        Optional<UUID> named = decided.or(() -> existing(fact.namedUsers()));
        Evidence evidence = decided.isPresent() ? Evidence.OPERATOR : Evidence.CUSTOMER;
        CustomerLink link = set.links.get(fact.key());
        if (link == null && named.isPresent()) {
            link = link(fact.key(), named.get(), evidence);
        } else if (link == null) {
            Noted best = set.hints.orElse(fact.noted(fact.email()), fact.key());
            switch (EmailSearch.search(set, best)) {
                case EmailSearch.Found found ->
                    link = link(fact.key(), found.person().id(), Evidence.ofEmail(fact.email()));
                case EmailSearch.Contested contested -> {
                    dispute(contested, fact.key().stripeAccount(), fact.key().customerId(), best);
                    return new Outcome.Waits(fact.key().subject(), contested.reason());
                }
                case EmailSearch.Asked(String email) -> {
                    return new Outcome.Waits("email:" + email, "needs-auth-user");
                }
                case EmailSearch.Nobody() -> {
                    return new Outcome.Waits(fact.key().subject(), Mismatch.NEEDS_IDENTITY);
                }
            }
        } else if (named.isPresent()) {
            link = named(link, named.get(), evidence);
        } else {
            link = regarded(link, fact.noted(fact.email()), Evidence.EMAIL);
        }
        contact(link.userId(), fact.heardEmail(), fact.heardName());
        heard(link.heard(fact));
        return new Outcome.Applied();
    }

    public Outcome session(SessionFact fact) {
        ResolvedSession resolved = set.sessions.get(fact.key());
        if (resolved != null) {
            if (fact.isPaid() && !resolved.isPaid()) {
                pay(new ResolvedSession(resolved.key(), resolved.userId(), resolved.customer(), true));
            }
            return new Outcome.Applied();
        }
        Optional<UUID> named = existing(fact.namedUsers());
        CustomerLink link = fact.customer() == null ? null : set.links.get(fact.customer());
        if (named.isPresent()) {
            return resolve(fact, named.get(), Evidence.SESSION);
        }
        Optional<UUID> decided = decided(fact.key().stripeAccount(), fact.subject());
        if (decided.isPresent()) {
            return resolve(fact, decided.get(), Evidence.OPERATOR);
        }
        if (link != null) {
            CustomerLink regarded = regarded(link, fact.noted(fact.email()), Evidence.EMAIL);
            return resolve(fact, regarded.userId(), regarded.evidence());
        }
        Noted best = set.hints.orElse(fact.noted(fact.email()), fact);
        return switch (EmailSearch.search(set, best)) {
            case EmailSearch.Found found -> resolve(fact, found.person().id(), Evidence.EMAIL);
            case EmailSearch.Contested contested -> {
                dispute(contested, fact.key().stripeAccount(), fact.subject(), best);
                yield new Outcome.Waits(fact.waitsFor(), contested.reason());
            }
            case EmailSearch.Asked(String email) -> new Outcome.Waits("email:" + email, "needs-auth-user");
            case EmailSearch.Nobody() -> {
                Mismatch.Key key = mismatch(fact.key().stripeAccount(), fact.subject(), Mismatch.NEEDS_IDENTITY);
                set.queue(new Mismatch(key, null, null));
                set.hints.await(fact, fact.waitsFor());
                yield new Outcome.Waits(fact.waitsFor(), Mismatch.NEEDS_IDENTITY);
            }
        };
    }

    /** An e-mail that stands beside a purchase: for who is not known yet, and for who said nothing better. */
    public void hint(ContactHint hint) {
        CustomerKey customer = hint.customer();
        CustomerLink link = customer == null ? null : set.links.get(customer);
        if (link != null) {
            if (hint.noted().equals(Noted.later(link.email(), hint.noted()))) {
                heard(regarded(link, hint.noted(), Evidence.HINT).withContact(hint.noted(), null));
            }
            return;
        }
        set.hints.add(hint);
        if (customer != null) {
            set.arrive(customer);
        }
        set.hints.waitingFor(hint.key()).forEach(set::arrive);
    }

    /** A link that rests on a hint goes to whom a better e-mail means, unless others were told of it. */
    private CustomerLink regarded(CustomerLink link, @Nullable Noted said, Evidence evidence) {
        if (said == null || link.evidence() != Evidence.HINT || link.isAnnounced()) {
            return link;
        }
        CustomerLink regarded = EmailSearch.known(set, said)
                .filter(person -> !person.id().equals(link.userId()))
                .map(person -> move(link, person.id(), evidence))
                .orElseGet(() -> link.confirmedBy(evidence));
        set.links.put(regarded.key(), regarded);
        return regarded;
    }

    /** Whose a customer is, as somebody said who knows. */
    public void decide(CustomerKey customer, UUID userId, Evidence evidence) {
        CustomerLink link = set.links.get(customer);
        if (link == null) {
            link(customer, userId, evidence);
        } else {
            set.links.put(customer, named(link, userId, evidence));
        }
    }

    private Outcome resolve(SessionFact fact, UUID userId, Evidence evidence) {
        set.account(userId);
        CustomerKey customer = fact.customer();
        Noted email = fact.noted(fact.email());
        Noted name = fact.noted(fact.name());
        if (customer == null) {
            contact(userId, email, name);
        } else {
            CustomerLink standing = set.links.get(customer);
            CustomerLink link = standing == null ? link(customer, userId, evidence) : named(standing, userId, evidence);
            if (link.userId().equals(userId)) {
                heard(announcements.announce(link).withContact(email, name));
            }
        }
        if (existing(fact.namedUsers()).isPresent()) {
            compareEmail(fact, set.person(userId));
        }
        isKnown(fact.key().stripeAccount(), fact.key().sessionId());
        set.hints.settle(fact);
        ResolvedSession session = new ResolvedSession(fact.key(), userId, customer, fact.isPaid());
        set.people.put(userId, set.person(userId).inUse());
        pay(session);
        set.tell(session);
        return new Outcome.Applied();
    }

    private void pay(ResolvedSession session) {
        set.sessions.put(session.key(), session);
        CustomerLink link = session.customer() == null ? null : set.links.get(session.customer());
        if (session.isPaid() && link != null && link.userId().equals(session.userId())) {
            set.links.put(link.key(), link.paid());
        }
    }

    /** A link that was not there. */
    private CustomerLink link(CustomerKey customer, UUID userId, Evidence evidence) {
        boolean isPrimary = set.takePrimary(userId, customer);
        CustomerLink link = CustomerLink.of(customer, userId, isPrimary, evidence);
        set.links.put(customer, link);
        set.hints.settle(customer);
        set.audit(
                customer.stripeAccount(),
                customer.customerId(),
                isPrimary ? "linked" : AuditEntry.LINKED_ALIAS,
                userId,
                null);
        isKnown(customer.stripeAccount(), customer.customerId());
        set.account(userId);
        set.arrive(customer);
        return evidence.isEmailOnly() ? link : announcements.announce(link);
    }

    private void isKnown(String account, String subject) {
        WAITING.forEach(reason -> set.settle(mismatch(account, subject, reason)));
    }

    /** A link when a user is named for its customer: confirmed, moved, or contradicted. */
    private CustomerLink named(CustomerLink link, UUID userId, Evidence evidence) {
        if (link.userId().equals(userId)) {
            CustomerLink confirmed = link.confirmedBy(evidence);
            return confirmed.evidence().isEmailOnly() ? confirmed : announcements.announce(confirmed);
        }
        boolean isOnlyByEmail = link.evidence().isEmailOnly();
        boolean isDecided = evidence == Evidence.OPERATOR;
        boolean moves =
                isDecided || evidence.isStrongerThan(link.evidence()) && !(isOnlyByEmail && link.hasPaidSession());
        CustomerLink moved = moves ? move(link, userId, evidence) : link;
        if (!isDecided && (!moves || !isOnlyByEmail)) {
            UUID other = moves ? link.userId() : userId;
            set.queue(new Mismatch(
                    mismatch(link.key().stripeAccount(), link.key().customerId(), Mismatch.USER_DIFFERS),
                    moved.userId(),
                    other));
        }
        return moved;
    }

    private CustomerLink move(CustomerLink link, UUID userId, Evidence evidence) {
        CustomerKey customer = link.key();
        set.release(link);
        CustomerLink moved = link.movedTo(userId, set.takePrimary(userId, customer), evidence);
        set.links.put(customer, moved);
        set.audit(customer.stripeAccount(), customer.customerId(), "moved", userId, link.userId());
        return evidence.isEmailOnly() ? moved : announcements.announce(moved);
    }

    /** Keeps a link with what was just heard, and tells its user's profile. */
    private void heard(CustomerLink said) {
        CustomerLink link = said.withContact(set.hints.of(said.key()), null);
        set.links.put(link.key(), link);
        contact(link.userId(), link.email(), link.name());
        Mismatch.Key key = mismatch(link.key().stripeAccount(), link.key().customerId(), Mismatch.EMAIL_OF_ANOTHER);
        List<Person> owners =
                link.email() == null ? List.of() : set.withEmail(link.email().value());
        boolean isOwn = owners.stream().anyMatch(owner -> owner.id().equals(link.userId()));
        if (owners.isEmpty() || isOwn) {
            set.settle(key);
        } else {
            set.queue(new Mismatch(key, link.userId(), owners.getFirst().id()));
        }
    }

    /** Takes over what a purchase says of an unclaimed user; of others it takes over what they changed at Stripe later. */
    private void contact(UUID userId, @Nullable Noted email, @Nullable Noted name) {
        if (set.isGone(userId)) {
            return;
        }
        Person person = set.person(userId).withName(name);
        set.people.put(userId, person);
        Noted later = Noted.later(person.email(), email);
        if (later == null || later.equals(person.email())) {
            return;
        }
        boolean isFree = set.withEmail(later.value()).stream()
                .allMatch(owner -> owner.id().equals(userId));
        if (isFree || !person.isUnclaimed() && person.authEmail() == null) {
            set.changeEmail(person, later);
        }
    }

    /** The named user wins over the e-mail that was typed; a person hears of it. */
    private void compareEmail(SessionFact fact, Person person) {
        if (person.signsInOtherwiseThan(fact.email())) {
            set.queue(new Mismatch(
                    mismatch(fact.key().stripeAccount(), fact.key().sessionId(), Mismatch.EMAIL_DIFFERS),
                    person.id(),
                    null));
        }
    }

    private void dispute(EmailSearch.Contested contested, String account, String subject, @Nullable Noted email) {
        Mismatch.Key key = mismatch(account, subject, contested.reason());
        set.queue(new Mismatch(key, contested.person().id(), null));
        if (email != null) {
            set.offerClaim(key, email.value());
        }
    }

    private Optional<UUID> existing(List<UUID> named) {
        return named.stream().filter(set::exists).findFirst();
    }

    private Optional<UUID> decided(String account, String subject) {
        return set.decisions.userOf(account, subject).filter(set::exists);
    }

    private static Mismatch.Key mismatch(String account, String subject, String reason) {
        return new Mismatch.Key(account, subject, reason);
    }
}
