package dev.quittance.ingest.publish;

/**
 * How an event came to us, for the record's header and the log.
 *
 * @param value a kind and a number
 */
public record Origin(String value) {
    /** Signed with this one of our secrets, by position. */
    public static Origin secret(int index) {
        return new Origin("secret:" + index);
    }

    /** Found in Stripe's own list. */
    public static Origin reconciliation(long run) {
        return new Origin("reconciliation:" + run);
    }

    /** Found in one of Stripe's lists of objects. */
    public static Origin backfill(long backfill) {
        return new Origin("backfill:" + backfill);
    }

    /** Taken from our log. */
    public static Origin replay(long replay) {
        return new Origin("replay:" + replay);
    }
}
