package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.stripe.Field;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.HintPlace;
import dev.quittance.provisioning.identity.ContactHint;
import dev.quittance.provisioning.plan.OfferRules;
import dev.quittance.provisioning.subscription.InvoiceFact;
import dev.quittance.provisioning.subscription.Snapshot;
import dev.quittance.provisioning.subscription.SubscriptionFact;
import dev.quittance.provisioning.subscription.SubscriptionKey;
import dev.quittance.provisioning.subscription.SubscriptionRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads subscriptions and their invoices, in the shapes of every API version. */
final class SubscriptionFacts {
    private static final String CANCELED = "canceled";

    private SubscriptionFacts() {}

    static Reading<ProvisioningFact> subscription(StripeEvent event, String account) {
        StripeObject object = event.object();
        String id = object.id().orNull();
        String customer = object.id("customer").orNull();
        boolean isDeletion = event.type().equals("customer.subscription.deleted");
        String status = isDeletion ? CANCELED : object.text("status").orNull();
        Instant at = event.created().orNull();
        if (id == null || status == null || at == null || !object.kind().equals("subscription")) {
            return new Reading.Ignored<>("no-subscription");
        }
        if (customer == null || !CustomerKey.isCustomerId(customer)) {
            return new Reading.Ignored<>("no-customer-id");
        }
        SubscriptionFact fact = new SubscriptionFact(
                new SubscriptionKey(account, id),
                new CustomerKey(account, customer),
                snapshot(event, customer, status, at));
        return new Reading.Relevant<>(
                new ProvisioningFact.SubscriptionSeen(fact),
                Set.of(
                        fact.key().subject(),
                        fact.customer().subject(),
                        fact.customer().confirmedSubject()));
    }

    private static Snapshot snapshot(StripeEvent event, String customer, String status, Instant at) {
        StripeObject object = event.object();
        List<Snapshot.Item> items = items(object);
        Optional<Snapshot.Item> last = items.stream()
                .filter(item -> item.periodEnd() != null)
                .max(Comparator.comparing(item -> item.periodEnd() == null ? Instant.MIN : item.periodEnd()));
        StripeObject pause = object.object("pause_collection");
        return new Snapshot(
                event.id(),
                (StripeSnapshot.isId(event.id()) ? ended(object, at) : at).getEpochSecond(),
                event.type().equals("customer.subscription.created") ? 0 : 1,
                previous(event.previous()),
                customer,
                status,
                items,
                object.time("current_period_start")
                        .toOptional()
                        .or(() -> last.map(Snapshot.Item::periodStart))
                        .orElse(null),
                object.time("current_period_end")
                        .toOptional()
                        .or(() -> last.map(Snapshot.Item::periodEnd))
                        .orElse(null),
                object.flag("cancel_at_period_end").orElse(false),
                object.time("cancel_at").orNull(),
                object.time("canceled_at").orNull(),
                object.time("ended_at").orNull(),
                object.time("trial_start").orNull(),
                object.time("trial_end").orNull(),
                object.time("start_date", "start", "created").orNull(),
                pause.exists() ? pause.text("behavior").orElse("void") : null,
                pause.time("resumes_at").orNull(),
                object.id("schedule").orNull(),
                object.text("cancellation_details.reason").orNull(),
                object.metadata());
    }

    /** When what is listed came to be so, as far as it says. */
    private static Instant ended(StripeObject subscription, Instant created) {
        return subscription.time("ended_at").orElse(created);
    }

    private static List<Snapshot.Item> items(StripeObject subscription) {
        List<Snapshot.Item> items = new ArrayList<>();
        for (StripeObject item : subscription.list("items")) {
            item.id().toOptional().ifPresent(id -> items.add(item(id, item, subscription)));
        }
        // Before subscriptions had items, they had one plan.
        if (items.isEmpty() && subscription.object("plan").exists()) {
            items.add(item(subscription.id().orElse(""), subscription, subscription));
        }
        return items;
    }

    private static Snapshot.Item item(String id, StripeObject item, StripeObject subscription) {
        StripeObject price = item.object("price", "plan");
        Optional<VoucherTerm> voucher = OfferRules.voucher(price.metadata());
        return new Snapshot.Item(
                id,
                item.id("price", "plan").orNull(),
                price.id("product").orNull(),
                item.integer("quantity").orNull(),
                item.time("current_period_start")
                        .toOptional()
                        .or(() -> subscription.time("current_period_start").toOptional())
                        .orElse(null),
                item.time("current_period_end")
                        .toOptional()
                        .or(() -> subscription.time("current_period_end").toOptional())
                        .orElse(null),
                voucher.map(VoucherTerm::months).orElse(null),
                voucher.map(VoucherTerm::days).orElse(null));
    }

    /** What was before, of the attributes that two events of one second are told apart by. */
    private static Map<String, String> previous(StripeObject before) {
        Map<String, String> previous = new HashMap<>();
        before.text("status").toOptional().ifPresent(status -> previous.put("status", status));
        before.flag("cancel_at_period_end")
                .toOptional()
                .ifPresent(flag -> previous.put("cancel_at_period_end", String.valueOf(flag)));
        moment(before, "cancel_at").ifPresent(text -> previous.put("cancel_at", text));
        moment(before, "current_period_end").ifPresent(text -> previous.put("current_period_end", text));
        if (before.object("pause_collection").exists()) {
            previous.put(
                    "pause_collection", before.text("pause_collection.behavior").orElse("void"));
        } else if (before.text("pause_collection") instanceof Field.Null<String>) {
            previous.put("pause_collection", "null");
        }
        return previous;
    }

    private static Optional<String> moment(StripeObject before, String place) {
        return switch (before.time(place)) {
            case Field.Present<Instant>(Instant moment) -> Optional.of(SubscriptionRules.seconds(moment));
            case Field.Null<Instant>() -> Optional.of(SubscriptionRules.seconds(null));
            case Field.Absent<Instant>() -> Optional.empty();
            case Field.Malformed<Instant>() -> Optional.empty();
        };
    }

    static Reading<ProvisioningFact> invoice(StripeEvent event, String account, boolean isPaid) {
        StripeObject object = event.object();
        String id = object.id().orNull();
        Instant created = event.created().orNull();
        if (id == null || created == null || !object.kind().equals("invoice")) {
            return new Reading.Ignored<>("no-invoice");
        }
        List<StripeObject> lines = object.list("lines");
        String subscription = object.id("subscription", "parent.subscription_details.subscription")
                .toOptional()
                .or(() -> lines.stream()
                        .flatMap(line -> Optional.ofNullable(subscriptionOf(line)).stream())
                        .findFirst())
                .orElse(null);
        if (subscription == null) {
            return ContactFacts.read(event, account, HintPlace.INVOICE, "no-subscription");
        }
        InvoiceFact fact = new InvoiceFact(
                account,
                id,
                new SubscriptionKey(account, subscription),
                isPaid,
                isPaid ? object.time("status_transitions.paid_at").orElse(created) : created,
                lines(lines, subscription),
                object.hasMore("lines"));
        List<ContactHint> hints = ContactFacts.hints(event, account, HintPlace.INVOICE);
        Set<String> subjects = new HashSet<>(ContactFacts.subjects(hints));
        subjects.add(fact.subscription().subject());
        subjects.add(Anchors.subject(account, id));
        subjects.add(fact.key().linesSubject());
        return new Reading.Relevant<>(new ProvisioningFact.InvoiceSeen(fact, hints), subjects);
    }

    /** The invoice with all of its lines, which Stripe was asked for. */
    static InvoiceFact whole(InvoiceFact invoice, String linesJson) {
        String shown =
                "{\"id\":\"lines\",\"object\":\"event\",\"type\":\"invoice.lines\",\"data\":{\"object\":{\"lines\":"
                        + linesJson + "}}}";
        return switch (StripeEvent.read(shown.getBytes(StandardCharsets.UTF_8))) {
            case StripeEvent.Reading.Read(StripeEvent event) ->
                invoice.whole(lines(
                        event.object().list("lines"), invoice.subscription().id()));
            case StripeEvent.Reading.Unreadable unreadable -> throw new IllegalStateException(unreadable.code());
        };
    }

    private static List<InvoiceFact.Line> lines(List<StripeObject> lines, String subscription) {
        List<InvoiceFact.Line> found = new ArrayList<>();
        for (StripeObject line : lines) {
            String id = line.id().orNull();
            String of = subscriptionOf(line);
            Instant start = line.time("period.start").orNull();
            Instant end = line.time("period.end").orNull();
            boolean isOurs = of == null || of.equals(subscription);
            if (id != null && start != null && end != null && isOurs) {
                found.add(new InvoiceFact.Line(
                        id,
                        line.integer("amount").orNull(),
                        line.flag(
                                        "proration",
                                        "parent.subscription_item_details.proration",
                                        "parent.invoice_item_details.proration")
                                .orElse(false),
                        of == null && isItem(line),
                        start,
                        end));
            }
        }
        return found;
    }

    private static boolean isItem(StripeObject line) {
        return line.text("type").orElse("").equals("invoiceitem")
                || line.text("parent.type").orElse("").equals("invoice_item_details");
    }

    private static @Nullable String subscriptionOf(StripeObject line) {
        return line.id(
                        "subscription",
                        "parent.subscription_item_details.subscription",
                        "parent.invoice_item_details.subscription")
                .orNull();
    }
}
