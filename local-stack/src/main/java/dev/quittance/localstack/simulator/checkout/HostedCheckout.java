package dev.quittance.localstack.simulator.checkout;

import dev.quittance.localstack.simulator.customer.Buyer;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.FormBody;
import dev.quittance.localstack.simulator.rest.Html;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Requests;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The page on which a person pays, declines or lets expire; what the buttons post, a program may post as well. */
public final class HostedCheckout {
    private final CheckoutDesk desk;
    private final Till till;

    public HostedCheckout(CheckoutDesk desk, Till till) {
        this.desk = desk;
        this.till = till;
    }

    public void mount(Router router) {
        router.get("/checkout/:id").handler(context -> {
            desk.expireDue();
            show(context, 200, desk.checkout(Requests.id(context)), null);
        });
        router.post("/checkout/:id")
                .handler(context -> Requests.body(context.request())
                        .onSuccess(body -> {
                            try {
                                act(context, new Params(FormBody.parse(body)));
                            } catch (StripeFailure refused) {
                                context.fail(refused);
                            }
                        })
                        .onFailure(context::fail));
    }

    private void act(RoutingContext context, Params form) {
        Checkout checkout = desk.checkout(Requests.id(context));
        String action = form.text("action", "pay");
        try {
            switch (action) {
                case "pay", "authenticate" -> {
                    till.pay(checkout, buyer(checkout, form));
                    leave(context, checkout);
                }
                case "challenge" -> {
                    till.challenge(checkout, buyer(checkout, form));
                    if (checkout.isOpen()) {
                        show(context, 200, checkout, null);
                    } else {
                        leave(context, checkout);
                    }
                }
                case "refuse" -> {
                    till.refuseChallenge(checkout);
                    show(context, 402, checkout, "Your bank was not satisfied. Try again.");
                }
                case "debit", "debit_fail" -> {
                    till.debit(checkout, buyer(checkout, form), action.equals("debit"));
                    leave(context, checkout);
                }
                case "decline" -> {
                    till.decline(checkout, buyer(checkout, form));
                    show(context, 402, checkout, "Your card was declined. Try again.");
                }
                case "expire" -> {
                    if (checkout.isOpen()) {
                        desk.expire(checkout, Call.Cause.NOBODY);
                    }
                    show(context, 200, checkout, null);
                }
                default -> show(context, 400, checkout, "This page has no such button.");
            }
        } catch (StripeFailure refused) {
            show(context, refused.status(), checkout, Objects.requireNonNullElse(refused.getMessage(), ""));
        }
    }

    private static void leave(RoutingContext context, Checkout checkout) {
        String next = checkout.session().path("success_url").asText();
        context.response()
                .setStatusCode(303)
                .putHeader("Location", next.replace("{CHECKOUT_SESSION_ID}", checkout.id()))
                .end();
    }

    /** The e-mail that the merchant gave is not the buyer's to change. */
    private static Buyer buyer(Checkout checkout, Params form) {
        String known = checkout.session().at("/customer_details/email").textValue();
        boolean isFixed = checkout.session().path("customer").isTextual()
                || checkout.session().path("customer_email").isTextual();
        String email = known != null && isFixed ? known : form.requiredText("email");
        return new Buyer(email, form.text("name", "Ada Lovelace"));
    }

    private static void show(RoutingContext context, int status, Checkout checkout, @Nullable String message) {
        Html.send(context, status, HostedPage.render(checkout, message));
    }
}
