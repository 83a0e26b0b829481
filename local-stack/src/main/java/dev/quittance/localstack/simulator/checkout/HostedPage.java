package dev.quittance.localstack.simulator.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Html;
import org.jspecify.annotations.Nullable;

/** The checkout page as HTML. */
public final class HostedPage {
    private static final String PAGE = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Checkout</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f6f7f9; color: #1a1f36; }
          main { max-width: 26rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: 12px;
                 box-shadow: 0 1px 3px rgba(26, 31, 54, .15); }
          h1 { font-size: 1rem; margin: 0; color: #5a6072; font-weight: 500; }
          .total { font-size: 2rem; font-weight: 650; margin: .25rem 0 1.5rem; }
          table { width: 100%%; border-collapse: collapse; margin-bottom: 1.5rem; }
          td { padding: .4rem 0; border-bottom: 1px solid #eceef2; }
          td:last-child { text-align: right; white-space: nowrap; }
          label { display: block; margin-bottom: 1rem; font-size: .875rem; color: #434a5e; }
          input { display: block; width: 100%%; box-sizing: border-box; padding: .6rem; font: inherit; color: inherit;
                  border: 1px solid #a6adbf; border-radius: 6px; }
          button { font: inherit; border-radius: 6px; border: 0; padding: .7rem 1rem; cursor: pointer; }
          .pay { width: 100%%; background: #4338ca; color: #fff; font-weight: 600; }
          .others { display: flex; gap: .5rem; margin-top: .75rem; }
          .others button { flex: 1; background: #eceef2; color: #434a5e; }
          button:focus-visible, input:focus-visible { outline: 3px solid #a5b4fc; outline-offset: 1px; }
          .message { padding: .75rem; border-radius: 6px; background: #fef2f2; color: #991b1b; margin-bottom: 1rem; }
          .note { font-size: .8rem; color: #5a6072; margin: 1.5rem 0 0; }
        </style>
        </head>
        <body>
        <main>
        <h1>To pay</h1>
        <p class="total">%s</p>
        %s
        <table><tbody>
        %s</tbody></table>
        %s
        <p class="note">This is the Stripe simulator: no card is asked for and no money moves.</p>
        </main>
        </body>
        </html>
        """;

    private static final String FORM = """
        <form method="post">
        <label>E-mail <input type="email" name="email" required maxlength="320" value="%s"%s></label>
        <label>Name on card <input type="text" name="name" maxlength="320" value="%s"></label>
        <button class="pay" name="action" value="pay">Pay %s</button>
        <div class="others">
        <button name="action" value="challenge">Pay with 3-D Secure</button>
        <button name="action" value="decline">Decline the card</button>
        </div>
        %s
        <div class="others">
        <button name="action" value="expire" formnovalidate>Let it expire</button>
        </div>
        </form>
        """;

    private static final String DEBITS = """
        <div class="others">
        <button name="action" value="debit">Delayed debit</button>
        <button name="action" value="debit_fail">Delayed debit that fails</button>
        </div>
        """;

    private static final String CHALLENGE = """
        <form method="post">
        <input type="hidden" name="email" value="%s">
        <input type="hidden" name="name" value="%s">
        <p>Your bank asks whether this is you.</p>
        <button class="pay" name="action" value="authenticate">Yes, pay %s</button>
        <div class="others">
        <button name="action" value="refuse">No, this is not me</button>
        </div>
        </form>
        """;

    private HostedPage() {}

    public static String render(Checkout checkout, @Nullable String message) {
        ObjectNode session = checkout.session();
        String currency = session.path("currency").asText();
        String total = Html.money(checkout.total(), currency);
        StringBuilder lines = new StringBuilder();
        for (ObjectNode line : checkout.lines()) {
            lines.append("<tr><td>%s × %d</td><td>%s</td></tr>\n"
                    .formatted(
                            Html.escape(line.path("description").asText()),
                            line.path("quantity").asLong(),
                            Html.money(line.path("amount_total").asLong(), currency)));
        }
        String notice = message == null ? "" : "<p class=\"message\" role=\"alert\">" + Html.escape(message) + "</p>";
        return PAGE.formatted(total, notice, lines, checkout.isOpen() ? form(checkout, total) : closed(session));
    }

    private static String form(Checkout checkout, String total) {
        ObjectNode session = checkout.session();
        String email = text(session, "/customer_details/email", "");
        String name = text(session, "/customer_details/name", "Ada Lovelace");
        if (checkout.isChallenged()) {
            return CHALLENGE.formatted(email, name, total);
        }
        boolean isForDebit = !checkout.isSubscription() && checkout.total() > 0;
        return FORM.formatted(email, email.isEmpty() ? "" : " readonly", name, total, isForDebit ? DEBITS : "");
    }

    private static String text(ObjectNode session, String place, String otherwise) {
        String text = session.at(place).textValue();
        return text == null || text.isEmpty() ? otherwise : Html.escape(text);
    }

    private static String closed(ObjectNode session) {
        if (!session.path("status").asText().equals("complete")) {
            return "<p>This checkout has expired.</p>";
        }
        return session.path("payment_status").asText().equals("unpaid")
                ? "<p>Thank you. Your bank has been asked, which takes some days.</p>"
                : "<p>This checkout is paid. Thank you.</p>";
    }
}
