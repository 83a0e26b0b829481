package dev.quittance.provisioning.inbox;

/** What events of one purchase are kept apart by, wherever they come from. */
final class Anchors {
    private Anchors() {}

    static String subject(String stripeAccount, String anchor) {
        return "anchor:" + stripeAccount + "/" + anchor;
    }
}
