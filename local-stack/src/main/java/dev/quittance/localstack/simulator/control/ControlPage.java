package dev.quittance.localstack.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Html;
import dev.quittance.localstack.simulator.webhook.EndpointDesk;
import dev.quittance.localstack.simulator.webhook.StripeEvent;
import dev.quittance.localstack.simulator.webhook.WebhookSender;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** All levers on one page, for a person who tries the product. */
public final class ControlPage {
    private static final int EVENTS_SHOWN_MAX = 30;
    private static final int MESSAGE_LENGTH_MAX = 300;

    private static final String PAGE = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Stripe simulator</title>
        <style>
          body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: #f6f7f9; color: #1a1f36; }
          main { max-width: 70rem; margin: 2rem auto; padding: 1rem 2rem 2rem; background: #fff; border-radius: 12px;
                 box-shadow: 0 1px 3px rgba(26, 31, 54, .15); }
          h1 { font-size: 1.4rem; }
          h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
          table { width: 100%%; border-collapse: collapse; }
          td { padding: .3rem .5rem .3rem 0; border-bottom: 1px solid #eceef2; vertical-align: top; }
          td:first-child { font: 13px/1.6 ui-monospace, monospace; word-break: break-all; }
          form { display: inline-block; margin: 0 .35rem .25rem 0; }
          input { font: inherit; padding: .15rem .35rem; border: 1px solid #a6adbf; border-radius: 4px; }
          button { font: inherit; border: 0; border-radius: 5px; padding: .2rem .6rem; background: #e4e6fb; color: #312e81;
                   cursor: pointer; }
          button:focus-visible, input:focus-visible { outline: 3px solid #a5b4fc; outline-offset: 1px; }
          .message { padding: .6rem .75rem; border-radius: 6px; background: #fef2f2; color: #991b1b; }
        </style>
        </head>
        <body>
        <main>
        <h1>Stripe simulator</h1>
        %s
        </main>
        </body>
        </html>
        """;

    private final World world;
    private final EndpointDesk endpoints;
    private final WebhookSender sender;
    private final Rows rows;

    public ControlPage(World world, EndpointDesk endpoints, WebhookSender sender) {
        this.world = world;
        this.endpoints = endpoints;
        this.sender = sender;
        this.rows = new Rows(world.shelf());
    }

    public void mount(Router router) {
        router.get("/_sim").handler(context -> Html.send(context, 200, PAGE.formatted(content(context))));
    }

    private String content(RoutingContext context) {
        return message(context)
                + clock()
                + webhooks()
                + rows.sessions()
                + rows.payments()
                + rows.refunds()
                + rows.disputes()
                + rows.subscriptions()
                + rows.payouts()
                + settings()
                + events();
    }

    private static String message(RoutingContext context) {
        List<String> refused = context.queryParam("refused");
        if (refused.isEmpty()) {
            return "";
        }
        String text = refused.getFirst();
        return "<p class=\"message\" role=\"alert\">"
                + Html.escape(text.substring(0, Math.min(text.length(), MESSAGE_LENGTH_MAX))) + "</p>";
    }

    private String clock() {
        String path = "/_sim/clock/advance";
        return "<h2>Clock</h2><p>" + world.clock().instant() + "</p>"
                + Lever.with(path, "One hour", "hours", "1")
                + Lever.with(path, "One day", "days", "1")
                + Lever.with(path, "One week", "days", "7")
                + Lever.with(path, "31 days", "days", "31")
                + Lever.asking(path, "Move", "days", "3");
    }

    private String webhooks() {
        ObjectNode faults = sender.faults().describe();
        List<String> fields = new ArrayList<>();
        faults.properties().forEach(fault -> {
            fields.add(fault.getKey());
            fields.add(fault.getValue().asText());
        });
        return "<h2>Webhooks</h2>"
                + Lever.asking("/_sim/faults", "Set", fields.toArray(String[]::new))
                + Lever.asking(
                        "/_sim/api_version",
                        "Set",
                        "version",
                        endpoints.accountVersion().text());
    }

    private static String settings() {
        return "<h2>From now on</h2>"
                + Lever.with("/_sim/refunds/first_status", "Refunds succeed at once", "status", "succeeded")
                + Lever.with("/_sim/refunds/first_status", "Refunds are pending first", "status", "pending")
                + Lever.with("/_sim/subscriptions/after_retries", "Unpaid subscriptions end", "outcome", "cancel")
                + Lever.with("/_sim/subscriptions/after_retries", "They stay, unpaid", "outcome", "unpaid");
    }

    private String events() {
        StringBuilder table = new StringBuilder("<h2>Events</h2><table><tbody>");
        world.events().all().reversed().stream().limit(EVENTS_SHOWN_MAX).forEach(event -> table.append(row(event)));
        return table.append("</tbody></table>").toString();
    }

    private static String row(StripeEvent event) {
        String state = event.pendingWebhooks() == 0 ? "delivered" : event.pendingWebhooks() + " to deliver";
        return "<tr><td>" + event.id() + "</td><td>" + Html.escape(event.type()) + "</td><td>" + state + "</td><td>"
                + Lever.of("/_sim/events/" + event.id() + "/resend", "Send again") + "</td></tr>\n";
    }
}
