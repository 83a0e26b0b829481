package dev.quittance.ingest.publish;

/** What became of a record in the time there is. */
public sealed interface PublishOutcome {
    /** All in-sync replicas have it. */
    record Acknowledged() implements PublishOutcome {}

    /** Not tried: as much as may be under way already is. */
    record Overloaded() implements PublishOutcome {}

    /**
     * Not acknowledged in time. It may still arrive: the sender's second try is then a duplicate, which the inboxes remove.
     *
     * @param cause the kind of failure, for the log
     */
    record Unavailable(String cause) implements PublishOutcome {
        static Unavailable after(Throwable failure) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return new Unavailable(root.getClass().getSimpleName());
        }

        static Unavailable inTime() {
            return new Unavailable("AcknowledgeTimeout");
        }
    }
}
