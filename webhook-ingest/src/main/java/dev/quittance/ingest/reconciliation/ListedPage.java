package dev.quittance.ingest.reconciliation;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.ingest.stripe.EventPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of Stripe's list, read as the gate reads what is posted. */
record ListedPage(
        List<Missing> events, int unreadable, @Nullable Instant oldestUndelivered, boolean hasMore) {
    ListedPage {
        events = List.copyOf(events);
    }

    static ListedPage of(EventPage page, Scope scope) {
        List<Missing> events = new ArrayList<>();
        for (byte[] body : page.events()) {
            if (StripeEnvelope.read(body) instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope)
                    && envelope.account().isEmpty()
                    && envelope.created() != null) {
                Instant occurredAt = Instant.ofEpochSecond(envelope.created());
                events.add(new Missing(envelope.id(), envelope.type(), occurredAt, body));
            }
        }
        boolean isOldest = scope == Scope.UNDELIVERED && !events.isEmpty();
        // A page of which nothing can be read has no cursor: the list ends there.
        return new ListedPage(
                events,
                page.events().size() - events.size(),
                isOldest ? events.getLast().occurredAt() : null,
                page.hasMore() && !events.isEmpty());
    }

    List<String> ids() {
        return events.stream().map(Missing::eventId).toList();
    }

    ReconciliationStore.Page toStore(int missing) {
        return new ReconciliationStore.Page(
                events.isEmpty() ? null : events.getLast().eventId(),
                events.size() + unreadable,
                unreadable,
                missing,
                oldestUndelivered,
                hasMore);
    }
}
