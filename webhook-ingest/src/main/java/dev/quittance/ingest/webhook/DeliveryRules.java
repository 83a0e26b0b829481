package dev.quittance.ingest.webhook;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.ingest.problem.Problem;
import dev.quittance.ingest.publish.Destination;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides a delivery by its bytes, its signature and the time. Size first, then the signature: nothing unsigned is parsed. */
final class DeliveryRules {
    /** Stripe's largest events are a fraction of it. */
    static final int BODY_BYTES_MAX = 512 * 1_024;

    static final int CONTENT_TOO_LARGE = 413;

    private static final byte[] NO_BODY = {};

    private final SignatureVerifier verifier;
    private final boolean livemode;

    DeliveryRules(SignatureVerifier verifier, boolean livemode) {
        this.verifier = verifier;
        this.livemode = livemode;
    }

    DeliveryVerdict decide(byte @Nullable [] sent, @Nullable String signatureHeader, Instant now) {
        byte[] body = sent == null ? NO_BODY : sent;
        if (body.length > BODY_BYTES_MAX) {
            return new DeliveryVerdict.Refused(tooLarge(), true);
        }
        return switch (verifier.verify(body, signatureHeader, now)) {
            case SignatureVerdict.Rejected(SignatureFault fault) ->
                new DeliveryVerdict.Refused(
                        Problem.badRequest(
                                fault.code(), "The Stripe-Signature header does not prove that Stripe sent this body."),
                        true);
            case SignatureVerdict.Verified(int secretIndex) -> decide(StripeEnvelope.read(body), secretIndex);
        };
    }

    static Problem tooLarge() {
        return new Problem(
                CONTENT_TOO_LARGE, "body_too_large", "The body is larger than " + BODY_BYTES_MAX + " bytes.");
    }

    private DeliveryVerdict decide(EnvelopeVerdict verdict, int secretIndex) {
        return switch (verdict) {
            case EnvelopeVerdict.Unreadable(var reason) ->
                refused(reason.code(), "The body is not a Stripe event that can be read.");
            case EnvelopeVerdict.Thin _ ->
                refused(
                        "thin_event",
                        "This is a thin event; this URL takes snapshot events. Use the thin event URL for it.");
            case EnvelopeVerdict.Readable(StripeEnvelope envelope) ->
                switch (Destination.of(envelope, livemode)) {
                    case EVENTS -> new DeliveryVerdict.Accepted(envelope, secretIndex);
                    case SET_ASIDE -> new DeliveryVerdict.SetAside(envelope, secretIndex);
                };
        };
    }

    private static DeliveryVerdict refused(String code, String detail) {
        return new DeliveryVerdict.Refused(Problem.badRequest(code, detail), false);
    }
}
