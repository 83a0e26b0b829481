package dev.quittance.contracts.stripe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An object as Stripe's list shows it, in the form of an event, so that what was there before us goes the way of everything else. It
 * says how something stands and not that anything happened: who reads it keeps it, and does nothing else because of it.
 *
 * <p>Its time is the object's creation, so whatever an event says of the object is newer. Its id follows from the object's bytes: what
 * is listed again unchanged is the same event again.
 */
public final class StripeSnapshot {
    private static final String ID = "evt_snapshot_";
    private static final String TYPE = "snapshot.";
    private static final Pattern KIND = Pattern.compile("[a-z_.]{1,64}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_]{0,255}");
    private static final int DIGEST_BYTES = 16;

    private StripeSnapshot() {}

    /** Whether an event of this type is one. */
    public static boolean isType(String type) {
        return type.startsWith(TYPE);
    }

    /** Whether an event of this id is one. */
    public static boolean isId(String eventId) {
        return eventId.startsWith(ID);
    }

    /**
     * The event's body; empty when this is no object with an id, a kind and a time.
     *
     * @param object its bytes, which stand in the event as they are
     * @param account the connected account whose list it is from, empty for our own
     */
    public static Optional<byte[]> of(byte[] object, String account) {
        byte[] asked = framed("{\"id\":\"object\",\"type\":\"object\",\"data\":{\"object\":", object);
        if (!(StripeEvent.read(asked) instanceof StripeEvent.Reading.Read(StripeEvent event))
                || !ACCOUNT.matcher(account).matches()) {
            return Optional.empty();
        }
        StripeObject shown = event.object();
        Instant created = shown.time("created").orNull();
        if (created == null
                || !shown.id().isPresent()
                || !KIND.matcher(shown.kind()).matches()) {
            return Optional.empty();
        }
        String head = "{\"id\":\"" + ID + digest(object, account) + "\",\"object\":\"event\","
                + (account.isEmpty() ? "" : "\"account\":\"" + account + "\",")
                + "\"created\":" + created.getEpochSecond() + ",\"livemode\":"
                + shown.flag("livemode").orElse(false) + ",\"type\":\"" + TYPE + shown.kind()
                + "\",\"data\":{\"object\":";
        return Optional.of(framed(head, object));
    }

    /** As the event that would have said the same; any other event is what it is. */
    public static StripeEvent asTold(StripeEvent event) {
        StripeObject object = event.object();
        return switch (event.type()) {
            case TYPE + "customer" -> event.as("customer.created");
            case TYPE + "product" -> event.as("product.created");
            case TYPE + "price" -> event.as("price.created");
            case TYPE + "subscription" -> event.as("customer.subscription.created");
            case TYPE + "invoice" -> event.as(isPaid(object, "paid") ? "invoice.paid" : "invoice.finalized");
            case TYPE + "charge" -> event.as(isPaid(object, "succeeded") ? "charge.succeeded" : "charge.updated");
            default -> event;
        };
    }

    /** Old objects have a flag and no status. */
    private static boolean isPaid(StripeObject object, String status) {
        return object.text("status")
                .toOptional()
                .map(status::equals)
                .orElseGet(() -> object.flag("paid").orElse(false));
    }

    private static byte[] framed(String head, byte[] object) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(head.length() + object.length + 2);
        event.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        event.writeBytes(object);
        event.writeBytes("}}".getBytes(StandardCharsets.UTF_8));
        return event.toByteArray();
    }

    private static String digest(byte[] object, String account) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((account + "/").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(object), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
