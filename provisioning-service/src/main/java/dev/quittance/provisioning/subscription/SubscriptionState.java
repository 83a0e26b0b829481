package dev.quittance.provisioning.subscription;

/** Stripe's statuses. They go from the first payment's outcome through life to an end that is for ever. */
public sealed interface SubscriptionState {
    /** Stripe's word. */
    String token();

    /** The first payment is under way; access waits for it. */
    record Incomplete() implements SubscriptionState {
        @Override
        public String token() {
            return "incomplete";
        }
    }

    /** The first payment never came. */
    record IncompleteExpired() implements SubscriptionState {
        @Override
        public String token() {
            return "incomplete_expired";
        }
    }

    record Trialing() implements SubscriptionState {
        @Override
        public String token() {
            return "trialing";
        }
    }

    record Active() implements SubscriptionState {
        @Override
        public String token() {
            return "active";
        }
    }

    /** A renewal was not paid, and is tried again. */
    record PastDue() implements SubscriptionState {
        @Override
        public String token() {
            return "past_due";
        }
    }

    /** A renewal was not paid, and is not tried again. */
    record Unpaid() implements SubscriptionState {
        @Override
        public String token() {
            return "unpaid";
        }
    }

    /** A trial ended without a means of payment. */
    record Paused() implements SubscriptionState {
        @Override
        public String token() {
            return "paused";
        }
    }

    record Canceled() implements SubscriptionState {
        @Override
        public String token() {
            return "canceled";
        }
    }

    /** A word that Stripe did not have when this was written. */
    record Unknown(String token) implements SubscriptionState {}

    static SubscriptionState of(String token) {
        return switch (token) {
            case "incomplete" -> new Incomplete();
            case "incomplete_expired" -> new IncompleteExpired();
            case "trialing" -> new Trialing();
            case "active" -> new Active();
            case "past_due" -> new PastDue();
            case "unpaid" -> new Unpaid();
            case "paused" -> new Paused();
            case "canceled" -> new Canceled();
            default -> new Unknown(token);
        };
    }
}
