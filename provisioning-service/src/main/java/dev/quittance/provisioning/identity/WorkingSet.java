package dev.quittance.provisioning.identity;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.provisioning.IdentityMismatchFound;
import dev.quittance.contracts.provisioning.ProvisioningEvent;
import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.customer.CustomerChanges;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.CustomerLink;
import dev.quittance.provisioning.customer.Noted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch knows and what it changes: loaded by the store, changed by the rules, flushed by the store. */
public final class WorkingSet {
    private final Instant now;
    final Minting minting;
    final Tracked<UUID, Person> people = new Tracked<>();
    final Tracked<CustomerKey, CustomerLink> links = new Tracked<>();
    final Tracked<SessionKey, ResolvedSession> sessions = new Tracked<>();
    final Tracked<Mismatch.Key, Mismatch> mismatches = new Tracked<>();
    private final Map<String, SortedSet<UUID>> byEmail = new HashMap<>();
    private final Map<UUID, Set<CustomerKey>> customersOf = new HashMap<>();
    private final Set<String> primaries = new HashSet<>();
    private final List<Audited> audit = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Set<String> arrived = new LinkedHashSet<>();
    private final Set<UUID> withdrawn = new LinkedHashSet<>();
    private final Set<UUID> gone = new HashSet<>();
    final List<Claim> claims = new ArrayList<>();
    final Set<String> requested = new LinkedHashSet<>();
    final Decisions decisions = new Decisions();
    final Hints hints = new Hints();
    private String eventId = "";

    public WorkingSet(Instant now, Minting minting) {
        this.now = requireNonNull(now, "now is null");
        this.minting = requireNonNull(minting, "minting is null");
    }

    /** An event to tell with the event that caused it. */
    public record Told(String eventId, Outcome.Told event) {}

    record Audited(String eventId, AuditEntry entry) {}

    /** A mailbox that may prove whose the subject is. */
    record Claim(Mismatch.Key key, String email) {}

    /** What follows is caused by this event. */
    public void begin(String causingEventId) {
        eventId = causingEventId;
    }

    public void load(Person person) {
        people.load(person.id(), person);
        if (person.authEmail() != null) {
            index(EmailAddress.keyOf(person.authEmail()), person.id());
        }
    }

    /** A user who left: known where something still points to, and found by nothing else. */
    public void loadGone(Person person) {
        people.load(person.id(), person);
        gone.add(person.id());
    }

    public void load(CustomerLink link) {
        links.load(link.key(), link);
    }

    public void load(ResolvedSession session) {
        sessions.load(session.key(), session);
    }

    public void load(Mismatch mismatch) {
        mismatches.load(mismatch.key(), mismatch);
    }

    /** One of a user's customers, whether or not the batch speaks of it. */
    public void loadCustomer(UUID userId, CustomerKey customer, boolean isPrimary) {
        customersOf.computeIfAbsent(userId, _ -> new HashSet<>()).add(customer);
        if (isPrimary) {
            primaries.add(primary(userId, customer));
        }
    }

    /** Those with this e-mail, in a fixed order. */
    List<Person> withEmail(@Nullable String email) {
        return email == null
                ? List.of()
                : byEmail.getOrDefault(email, new TreeSet<>()).stream()
                        .map(this::person)
                        .toList();
    }

    /** How many of the batch's links are of users who have a customer already: somebody clicked twice, or somebody is wrong. */
    public long aliases() {
        return audit.stream()
                .filter(audited -> audited.entry().action().equals(AuditEntry.LINKED_ALIAS))
                .count();
    }

    Person person(UUID id) {
        return requireNonNull(people.get(id), "a person was not loaded");
    }

    boolean exists(UUID id) {
        return people.get(id) != null && !isGone(id);
    }

    boolean isGone(UUID id) {
        return gone.contains(id);
    }

    Person create(@Nullable Noted email) {
        Person person = Person.unclaimed(minting.userId(), email);
        people.put(person.id(), person);
        if (person.authEmail() != null) {
            index(person.authEmail(), person.id());
        }
        return person;
    }

    /** The profile's and, of an unclaimed user, the sign-in's e-mail. */
    void changeEmail(Person person, Noted email) {
        Person changed = person.withEmail(email);
        if (changed.isUnclaimed()) {
            if (person.authEmail() != null) {
                byEmail.getOrDefault(person.authEmail(), new TreeSet<>()).remove(person.id());
            }
            index(email.value(), person.id());
        }
        people.put(person.id(), changed);
    }

    AccountNumber account(UUID userId) {
        Person person = person(userId);
        if (person.account() != null) {
            return person.account();
        }
        Person loaded = people.loaded(userId);
        @Nullable AccountNumber stored = loaded == null ? null : loaded.account();
        AccountNumber number = stored == null ? minting.accountNumber() : stored;
        people.put(userId, person.withAccount(number));
        withdrawn.remove(userId);
        arrived.add("account:" + number.digits());
        return number;
    }

    /** Whether a new link of the user to the customer is the user's first in its Stripe account; then it is taken. */
    boolean takePrimary(UUID userId, CustomerKey customer) {
        customersOf.computeIfAbsent(userId, _ -> new HashSet<>()).add(customer);
        return primaries.add(primary(userId, customer));
    }

    /** Takes the customer from the user, and what came with it; who was a user for this customer only is none then. */
    void release(CustomerLink link) {
        UUID userId = link.userId();
        Set<CustomerKey> customers = customersOf.getOrDefault(userId, new HashSet<>());
        customers.remove(link.key());
        if (link.isPrimary()) {
            primaries.remove(primary(userId, link.key()));
        }
        Person person = person(userId).withoutName(link.name());
        people.put(userId, person);
        if (person.isInUse() || !customers.isEmpty()) {
            return;
        }
        withdrawn.add(userId);
        if (person.isUnclaimed()) {
            people.remove(userId);
            byEmail.values().forEach(ids -> ids.remove(userId));
        } else {
            people.put(userId, person.withAccount(null));
        }
    }

    void tell(CustomerKey customer, UUID userId) {
        arrived.add(customer.confirmedSubject());
        tell(
                new CustomerProvisioned(
                        userId, account(userId).digits(), customer.stripeAccount(), customer.customerId(), null, now),
                "customer:" + customer.stripeAccount() + ":" + customer.customerId() + ":" + userId);
    }

    /** It is known whose the customer is: what waited for that may go on. */
    void arrive(CustomerKey customer) {
        arrived.add(customer.subject());
    }

    void arrive(String subject) {
        arrived.add(subject);
    }

    void tell(ResolvedSession session) {
        SessionKey key = session.key();
        tell(
                new CustomerProvisioned(
                        session.userId(),
                        account(session.userId()).digits(),
                        key.stripeAccount(),
                        session.customer() == null ? null : session.customer().customerId(),
                        key.sessionId(),
                        now),
                "session:" + key.stripeAccount() + ":" + key.sessionId());
    }

    /** Queues a mismatch. One that is queued already is told no more, and names who is meant now. */
    void queue(Mismatch mismatch) {
        Mismatch.Key key = mismatch.key();
        if (decisions.isKept(key)) {
            return;
        }
        boolean isQueued = mismatches.get(key) != null;
        mismatches.put(key, mismatch);
        if (isQueued) {
            return;
        }
        audit(
                key.stripeAccount(),
                key.subject(),
                "mismatch:" + key.reason(),
                mismatch.userId(),
                mismatch.otherUserId());
        if (mismatch.userId() == null) {
            return;
        }
        tell(
                new IdentityMismatchFound(mismatch.userId(), key.stripeAccount(), key.subject(), key.reason(), now),
                "mismatch:" + key.stripeAccount() + ":" + key.subject() + ":" + key.reason());
    }

    /** Lets whoever owns the mailbox say whose the subject is. */
    void offerClaim(Mismatch.Key key, String email) {
        claims.add(new Claim(key, email));
    }

    /** Takes a mismatch out of the queue that is none any more. */
    void settle(Mismatch.Key key) {
        mismatches.remove(key);
    }

    void audit(String account, String subject, String action, @Nullable UUID userId, @Nullable UUID other) {
        audit.add(new Audited(eventId, new AuditEntry(account, subject, action, userId, other)));
    }

    private void tell(ProvisioningEvent event, String businessKey) {
        told.add(new Told(eventId, new Outcome.Told(event, businessKey)));
    }

    /** Which links are written, and who had one before that another has now. */
    public void tellLinks(CustomerChanges changes) {
        links.added().forEach(link -> changes.touch(link.key()));
        links.changed().forEach(link -> {
            changes.touch(link.key());
            changes.leave(requireNonNull(links.loaded(link.key())).userId());
        });
    }

    /** What to tell. */
    public List<Told> told() {
        return told;
    }

    List<Audited> audited() {
        return audit;
    }

    /** What events may have waited for. */
    public Set<String> arrived() {
        return arrived;
    }

    /** Those that are nobody's customer any more; only what is empty may go. */
    Set<UUID> withdrawnUsers() {
        return withdrawn;
    }

    private void index(String email, UUID id) {
        byEmail.computeIfAbsent(email, _ -> new TreeSet<>()).add(id);
    }

    private static String primary(UUID userId, CustomerKey customer) {
        return userId + "/" + customer.stripeAccount();
    }
}
