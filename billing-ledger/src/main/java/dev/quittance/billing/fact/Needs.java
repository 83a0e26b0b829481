package dev.quittance.billing.fact;

import dev.quittance.contracts.stripe.Field;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a fact cannot do without, and remembers the first thing that is missing, so that a reader can name every field
 * in a row and decide at the end.
 */
final class Needs {
    /** Ten billion in a currency of hundredths, a thousand times over; sums of such amounts still fit a long. */
    static final long AMOUNT_MINOR_MAX = 1_000_000_000_000_000L;

    private static final int ID_LENGTH_MAX = 255;

    private final StripeEvent event;
    private final StripeObject object;
    private @Nullable String missing;

    Needs(StripeEvent event) {
        this(event, event.object());
    }

    /** For an object that stands in the event's own. */
    Needs(StripeEvent event, StripeObject object) {
        this.event = event;
        this.object = object;
    }

    String id(Field<String> field) {
        return text(field, "ID");
    }

    String text(Field<String> field, String name) {
        String value = field.orElse("");
        if (value.isEmpty() || value.length() > ID_LENGTH_MAX) {
            miss(field, name);
        }
        return value;
    }

    String currency(Field<String> field) {
        if (!field.isPresent()) {
            miss(field, "CURRENCY");
        }
        return field.orElse("");
    }

    long amount(Field<Long> field, String name) {
        if (!field.isPresent()) {
            miss(field, name);
            return 0;
        }
        return inRange(field.orElse(0L), name);
    }

    /** An amount with Stripe's sign. */
    long signedAmount(Field<Long> field, String name) {
        long amount = field.orElse(0L);
        if (!field.isPresent()) {
            miss(field, name);
        } else if (amount < -AMOUNT_MINOR_MAX || amount > AMOUNT_MINOR_MAX) {
            miss(name + "_OUT_OF_RANGE");
            return 0;
        }
        return amount;
    }

    /** An amount that is zero where the payload does not speak of it; one of the wrong kind is still missing. */
    long amountOrZero(Field<Long> field, String name) {
        if (field instanceof Field.Malformed<Long>) {
            miss(field, name);
            return 0;
        }
        return inRange(field.orElse(0L), name);
    }

    @Nullable
    Long amountOrNull(Field<Long> field, String name) {
        if (field instanceof Field.Malformed<Long>) {
            miss(field, name);
        }
        Long amount = field.orNull();
        return amount == null ? null : Long.valueOf(inRange(amount, name));
    }

    /** When the event says it happened, else the object. */
    Instant eventTime() {
        Field<Instant> created = event.created();
        return created.isPresent() ? created.orElse(Instant.EPOCH) : objectTime();
    }

    /** When the object says it was made, else the event. */
    Instant objectTime() {
        Field<Instant> created = object.time("created");
        if (!created.isPresent() && !event.created().isPresent()) {
            miss(created, "CREATED");
        }
        return created.orElse(event.created().orElse(Instant.EPOCH));
    }

    Version version(int rank, int step) {
        return new Version(rank, eventTime(), step, event.id());
    }

    void miss(String reason) {
        if (missing == null) {
            missing = reason;
        }
    }

    StripeFact factOrUnusable(Supplier<StripeFact> fact) {
        return missing == null ? fact.get() : new Unusable(object.id().orElse(event.id()), missing);
    }

    private long inRange(long amount, String name) {
        if (amount < 0 || amount > AMOUNT_MINOR_MAX) {
            miss(name + "_OUT_OF_RANGE");
            return 0;
        }
        return amount;
    }

    private void miss(Field<?> field, String name) {
        miss(name
                + switch (field) {
                    case Field.Absent<?> absent -> "_ABSENT";
                    case Field.Null<?> none -> "_NULL";
                    case Field.Malformed<?> malformed -> "_MALFORMED";
                    case Field.Present<?> present -> "_OUT_OF_RANGE";
                });
    }
}
