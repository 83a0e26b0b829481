package dev.quittance.localstack.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Html;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import java.util.List;

/** The tables of the control page: what there is, and beside it the levers that fit its state. */
final class Rows {
    static final int SHOWN_MAX = 15;

    private final ObjectShelf shelf;

    Rows(ObjectShelf shelf) {
        this.shelf = shelf;
    }

    String sessions() {
        return table("Open checkouts", of("checkout.session", "open"), session -> {
            String url = Html.escape(session.path("url").asText());
            return "<a href=\"" + url + "\">open the page</a>";
        });
    }

    String payments() {
        return table("Payments", shelf.all("payment_intent"), intent -> {
            String id = intent.path("id").asText();
            return switch (intent.path("status").asText()) {
                case "processing" ->
                    Lever.of("/_sim/payments/" + id + "/succeed", "Debit succeeds")
                            + Lever.of("/_sim/payments/" + id + "/fail", "Debit fails");
                case "succeeded" -> paid(id);
                default -> "";
            };
        });
    }

    private static String paid(String id) {
        return Lever.with("/_sim/refunds", "Refund", "payment_intent", id)
                + Lever.with("/_sim/disputes", "Dispute", "payment_intent", id)
                + Lever.with("/_sim/disputes", "Inquiry", "payment_intent", id, "inquiry", "true")
                + Lever.with("/_sim/fraud_warnings", "Fraud warning", "payment_intent", id);
    }

    String refunds() {
        return table("Refunds", shelf.all("refund"), refund -> {
            String path = "/_sim/refunds/" + refund.path("id").asText();
            return switch (refund.path("status").asText()) {
                case "pending", "requires_action" ->
                    Lever.of(path + "/succeed", "Succeed")
                            + Lever.of(path + "/fail", "Fail")
                            + Lever.of(path + "/cancel", "Cancel");
                case "succeeded" -> Lever.of(path + "/fail", "Comes back");
                default -> "";
            };
        });
    }

    String disputes() {
        return table("Disputes", shelf.all("dispute"), dispute -> {
            String path = "/_sim/disputes/" + dispute.path("id").asText();
            return switch (dispute.path("status").asText()) {
                case "won", "lost", "warning_closed" -> "";
                case "warning_needs_response", "warning_under_review" ->
                    Lever.of(path + "/withdraw", "Becomes a dispute") + Lever.of(path + "/win", "Close");
                default -> Lever.of(path + "/win", "Win") + Lever.of(path + "/lose", "Lose");
            };
        });
    }

    String subscriptions() {
        return table("Subscriptions", shelf.all("subscription"), subscription -> {
            String path = "/_sim/subscriptions/" + subscription.path("id").asText();
            return switch (subscription.path("status").asText()) {
                case "canceled", "incomplete_expired" -> "";
                case "paused" -> Lever.of(path + "/resume", "Resume");
                default ->
                    Lever.of(path + "/renew", "Renew now")
                            + Lever.with(path + "/fail_renewals", "Decline the next", "times", "1")
                            + Lever.of(path + "/fail_renewals", "Decline all")
                            + Lever.with(path + "/update", "Cancel at the end", "cancel_at_period_end", "true")
                            + Lever.with(path + "/update", "Do not cancel", "cancel_at_period_end", "false")
                            + Lever.of(path + "/cancel", "Cancel now")
                            + Lever.of(path + "/pause", "Pause");
            };
        });
    }

    String payouts() {
        return table("Payouts", shelf.all("payout"), payout -> {
                    String path = "/_sim/payouts/" + payout.path("id").asText();
                    return switch (payout.path("status").asText()) {
                        case "pending" -> Lever.of(path + "/pay", "Arrives") + Lever.of(path + "/fail", "Fails");
                        case "paid" -> Lever.of(path + "/fail", "Comes back");
                        default -> "";
                    };
                })
                + Lever.of("/_sim/payouts", "Pay out what is available");
    }

    private List<ObjectNode> of(String kind, String status) {
        return shelf.all(kind).stream()
                .filter(object -> object.path("status").asText().equals(status))
                .toList();
    }

    private static String table(String title, List<ObjectNode> objects, Lever.Levers levers) {
        StringBuilder rows = new StringBuilder();
        objects.stream()
                .limit(SHOWN_MAX)
                .forEach(object -> rows.append("<tr><td>")
                        .append(Html.escape(object.path("id").asText()))
                        .append("</td><td>")
                        .append(amount(object))
                        .append("</td><td>")
                        .append(Html.escape(object.path("status").asText()))
                        .append("</td><td>")
                        .append(levers.of(object))
                        .append("</td></tr>\n"));
        String none = objects.isEmpty() ? "<p>None.</p>" : "";
        return "<h2>" + title + "</h2>" + none + "<table><tbody>" + rows + "</tbody></table>";
    }

    private static String amount(ObjectNode object) {
        long amount = object.path("amount").asLong(object.path("amount_total").asLong());
        String currency = object.path("currency").asText();
        return amount == 0 || currency.length() != 3 ? "" : Html.money(amount, currency);
    }
}
