package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.stripe.Field;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.customer.CustomerDetail;
import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.HintPlace;
import dev.quittance.provisioning.customer.Stamp;
import dev.quittance.provisioning.identity.ContactHint;
import dev.quittance.provisioning.identity.EmailAddress;
import dev.quittance.provisioning.identity.SessionFact;
import dev.quittance.provisioning.identity.SessionKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads in Stripe's events what provisioning acts on. Pure, and at ease with every API version. */
final class StripeFacts {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final List<String> USER_KEYS = List.of("user_id", "userId");
    private static final String EMAIL_KEY = "email";
    /** What a user may change at Stripe as well as here. */
    private static final Set<String> SYNCED = Set.of("email", "name");

    private StripeFacts() {}

    static Reading<ProvisioningFact> read(StripeEvent event, String account) {
        return switch (event.type()) {
            case "customer.created" -> customer(event, account, false);
            case "customer.updated" -> customer(event, account, true);
            case "customer.deleted" -> CustomerReader.deleted(event, account);
            case "payment_method.attached", "payment_method.updated", "payment_method.automatically_updated" ->
                CustomerReader.paymentMethod(event, account, true);
            case "payment_method.detached" -> CustomerReader.paymentMethod(event, account, false);
            case "checkout.session.completed" -> session(event, account, false);
            case "checkout.session.async_payment_succeeded" -> session(event, account, true);
            case "product.created", "product.updated", "product.deleted" -> CatalogueFacts.product(event, account);
            case "price.created", "price.updated", "price.deleted", "plan.created", "plan.updated", "plan.deleted" ->
                CatalogueFacts.price(event, account);
            case "customer.subscription.created",
                    "customer.subscription.updated",
                    "customer.subscription.deleted",
                    "customer.subscription.paused",
                    "customer.subscription.resumed",
                    "customer.subscription.trial_will_end",
                    "customer.subscription.pending_update_applied",
                    "customer.subscription.pending_update_expired" -> SubscriptionFacts.subscription(event, account);
            case "subscription_schedule.created",
                    "subscription_schedule.updated",
                    "subscription_schedule.released",
                    "subscription_schedule.completed",
                    "subscription_schedule.canceled",
                    "subscription_schedule.aborted",
                    "subscription_schedule.expiring" -> ScheduleFacts.schedule(event, account);
            case "invoice.paid", "invoice.payment_succeeded" -> SubscriptionFacts.invoice(event, account, true);
            case "invoice.payment_failed" -> SubscriptionFacts.invoice(event, account, false);
            case "invoice.finalized" -> ContactFacts.read(event, account, HintPlace.INVOICE, "no-contact");
            case "charge.succeeded" -> ContactFacts.read(event, account, HintPlace.CHARGE, "no-contact");
            default -> new Reading.Ignored<>("unhandled-type");
        };
    }

    private static Reading<ProvisioningFact> customer(StripeEvent event, String account, boolean isUpdate) {
        StripeObject object = event.object();
        if (!isKind(object, "customer")) {
            return new Reading.Ignored<>("unexpected-object");
        }
        String id = object.id().orNull();
        if (id == null || !CustomerKey.isCustomerId(id)) {
            return new Reading.Ignored<>("no-customer-id");
        }
        if (object.flag("deleted").orElse(false)) {
            return new Reading.Ignored<>("deleted-customer");
        }
        Map<String, String> metadata = object.metadata();
        CustomerFact fact = new CustomerFact(
                new CustomerKey(account, id),
                users(metadata, null),
                email(metadata, object, EMAIL_KEY),
                text(object, "name"),
                metadata,
                changes(event.previous()),
                Stamp.stated(event.created().toOptional(), isUpdate, event.id()));
        Set<String> subjects = new LinkedHashSet<>();
        subjects.add(fact.key().subject());
        addIdentities(subjects, fact.namedUsers(), fact.email());
        CustomerDetail detail = CustomerReader.detail(object, fact.key(), fact.stamp());
        return new Reading.Relevant<>(new ProvisioningFact.CustomerSeen(fact, detail), subjects);
    }

    private static Reading<ProvisioningFact> session(StripeEvent event, String account, boolean isPaidByType) {
        StripeObject object = event.object();
        if (!isKind(object, "checkout.session")) {
            return new Reading.Ignored<>("unexpected-object");
        }
        String id = object.id().orNull();
        if (id == null) {
            return new Reading.Ignored<>("no-session-id");
        }
        if (object.text("mode").orElse("").equals("setup")) {
            return new Reading.Ignored<>("setup-mode");
        }
        Map<String, String> metadata = object.metadata();
        CustomerKey customer = customerKey(object, account);
        SessionFact fact = new SessionFact(
                new SessionKey(account, id),
                customer,
                users(metadata, object.text("client_reference_id").orNull()),
                email(metadata, object, "customer.email", "customer_details.email", "customer_email"),
                text(object, "customer.name", "customer_details.name"),
                customer == null ? references(object) : List.of(),
                isPaidByType || isPaid(object),
                Stamp.typed(event.created().toOptional(), event.id()));
        Set<String> subjects = new LinkedHashSet<>();
        subjects.add(fact.key().subject());
        subjects.add(fact.key().operatorSubject());
        if (fact.customer() != null) {
            subjects.add(fact.customer().subject());
        }
        fact.references().forEach(reference -> subjects.add(new ContactHint.Reference(account, reference).subject()));
        addIdentities(subjects, fact.namedUsers(), fact.email());
        return new Reading.Relevant<>(new ProvisioningFact.SessionCompleted(fact), subjects);
    }

    /** Before sessions said whether they are paid, a completed one was. */
    private static boolean isPaid(StripeObject session) {
        return switch (session.text("payment_status")) {
            case Field.Present<String>(String status) -> status.equals("paid") || status.equals("no_payment_required");
            case Field.Absent<String>() -> true;
            case Field.Null<String>() -> false;
            case Field.Malformed<String>() -> false;
        };
    }

    private static @Nullable CustomerKey customerKey(StripeObject session, String account) {
        String id = session.id("customer").orNull();
        return id == null || !CustomerKey.isCustomerId(id) ? null : new CustomerKey(account, id);
    }

    /** What a guest's payment is called: there may be an e-mail beside it. */
    private static List<String> references(StripeObject session) {
        return Stream.of(session.id("payment_intent"), session.id("invoice"))
                .flatMap(id -> id.toOptional().stream())
                .toList();
    }

    /** Users that are named by whoever made the object, best first; what is no UUID counts as absent. */
    private static List<UUID> users(Map<String, String> metadata, @Nullable String reference) {
        List<@Nullable String> named = new ArrayList<>();
        USER_KEYS.forEach(key -> named.add(metadata.get(key)));
        named.add(reference);
        return named.stream()
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(text -> UUID_TEXT.matcher(text).matches())
                .map(UUID::fromString)
                .distinct()
                .toList();
    }

    /** The first that is an address. */
    private static @Nullable String email(Map<String, String> metadata, StripeObject object, String... places) {
        return Stream.concat(
                        Stream.ofNullable(metadata.get(EMAIL_KEY)),
                        Stream.of(places).flatMap(place -> object.text(place).toOptional().stream()))
                .map(EmailAddress::normalise)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Set<String> changes(StripeObject previous) {
        return SYNCED.stream()
                .filter(field -> !(previous.text(field) instanceof Field.Absent<String>))
                .collect(Collectors.toSet());
    }

    private static @Nullable String text(StripeObject object, String... places) {
        String text = object.text(places).orNull();
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static boolean isKind(StripeObject object, String kind) {
        return object.exists() && (object.kind().isEmpty() || object.kind().equals(kind));
    }

    private static void addIdentities(Set<String> subjects, List<UUID> users, @Nullable String email) {
        users.forEach(user -> subjects.add("user:" + user));
        if (email != null) {
            subjects.add("email:" + email);
        }
    }
}
