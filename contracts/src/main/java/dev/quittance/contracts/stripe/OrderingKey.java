package dev.quittance.contracts.stripe;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record key of an event: events that must be seen in their order share one. The widest party that the event names decides,
 * since Kafka keeps order within a key only.
 *
 * @param value the id alone on the platform's own account, {@code account/id} on a connected one
 */
public record OrderingKey(String value) {
    private static final String CUSTOMER = "customer";
    private static final String PAYMENT_INTENT = "payment_intent";
    private static final String SUBSCRIPTION = "subscription";

    /** An object without an id, a balance for instance, is the only one of its kind; without a kind the event stands alone. */
    public static OrderingKey of(StripeEnvelope envelope) {
        String anchor = Stream.of(
                        inRole(envelope, CUSTOMER, envelope.customerId()),
                        inRole(envelope, PAYMENT_INTENT, envelope.paymentIntentId()),
                        inRole(envelope, SUBSCRIPTION, envelope.subscriptionId()),
                        Stream.ofNullable(envelope.objectId()),
                        Stream.ofNullable(envelope.objectKind()))
                .flatMap(candidate -> candidate)
                .findFirst()
                .orElse(envelope.id());
        return new OrderingKey(envelope.account().isEmpty() ? anchor : envelope.account() + "/" + anchor);
    }

    private static Stream<String> inRole(StripeEnvelope envelope, String role, @Nullable String reference) {
        boolean isItself = role.equals(envelope.objectKind()) && envelope.objectId() != null;
        return Stream.ofNullable(isItself ? envelope.objectId() : reference);
    }
}
