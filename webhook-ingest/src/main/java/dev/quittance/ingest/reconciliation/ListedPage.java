package dev.quittance.ingest.reconciliation;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.ingest.stripe.EventPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of Stripe's list, read as the gate reads what is posted. */
record ListedPage(
        List<Missing> events, int unreadable, @Nullable Instant oldestUndelivered, boolean hasMore) {
    ListedPage {
        events = List.copyOf(events);
    }

    static ListedPage of(EventPage page, Run run) {
        List<Missing> events = new ArrayList<>();
        for (byte[] listed : page.events()) {
            byte[] body = named(listed, run.account());
            if (StripeEnvelope.read(body) instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope)
                    && envelope.account().equals(run.account())
                    && envelope.created() != null) {
                Instant occurredAt = Instant.ofEpochSecond(envelope.created());
                events.add(new Missing(envelope.id(), envelope.type(), occurredAt, body));
            }
        }
        boolean isOldest = run.scope() == Scope.UNDELIVERED && !events.isEmpty();
        // A page of which nothing can be read has no cursor: the list ends there.
        return new ListedPage(
                events,
                page.events().size() - events.size(),
                isOldest ? events.getLast().occurredAt() : null,
                page.hasMore() && !events.isEmpty());
    }

    /** An account's own list need not say whose its events are; what the webhook brings does. */
    private static byte[] named(byte[] listed, String account) {
        if (account.isEmpty()
                || !(StripeEnvelope.read(listed) instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope))
                || !envelope.account().isEmpty()) {
            return listed;
        }
        byte[] name = ("{\"account\":\"" + account + "\",").getBytes(StandardCharsets.US_ASCII);
        byte[] body = Arrays.copyOf(name, name.length + listed.length - 1);
        System.arraycopy(listed, 1, body, name.length, listed.length - 1);
        return body;
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
