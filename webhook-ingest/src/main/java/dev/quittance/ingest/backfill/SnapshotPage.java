package dev.quittance.ingest.backfill;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.ingest.feed.FedEvent;
import dev.quittance.ingest.publish.Destination;
import dev.quittance.ingest.stripe.EventPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of one of Stripe's lists, each object as the event that says how it stands.
 *
 * @param listed so many objects it has, readable or not
 * @param last behind which the next page begins; null when nothing of it can be read, and then the list ends here
 */
record SnapshotPage(
        List<FedEvent> events, int listed, @Nullable String last, boolean hasMore) {
    SnapshotPage {
        events = List.copyOf(events);
    }

    static SnapshotPage of(EventPage page, String account, boolean livemode) {
        List<FedEvent> events = new ArrayList<>();
        @Nullable String last = null;
        for (byte[] object : page.events()) {
            byte[] body = StripeSnapshot.of(object, account).orElse(null);
            if (body != null
                    && StripeEnvelope.read(body) instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope)) {
                events.add(new FedEvent(Destination.of(envelope, livemode), envelope, body, null));
                last = envelope.objectId();
            }
        }
        return new SnapshotPage(events, page.events().size(), last, page.hasMore());
    }

    int unreadable() {
        return listed - events.size();
    }
}
