package dev.quittance.localstack.simulator.invoice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.StripeApi;
import io.vertx.ext.web.Router;
import java.util.List;

/** Invoices and their payments over Stripe's API. */
public final class InvoiceDesk {
    private static final String KIND = "invoice";
    private static final String PAYMENT = "invoice_payment";

    private final ObjectShelf shelf;
    private final InvoiceBook book;
    private final Collector collector;

    public InvoiceDesk(ObjectShelf shelf, InvoiceBook book, Collector collector) {
        this.shelf = shelf;
        this.book = book;
        this.collector = collector;
    }

    public void mount(Router router, StripeApi api, ControlDoor control) {
        api.get(router, "/v1/invoices", this::list);
        api.get(router, "/v1/invoices/:id", call -> shown(invoice(call), call));
        api.post(router, "/v1/invoices/:id", this::update);
        api.get(
                router,
                "/v1/invoices/:id/lines",
                call -> ListPage.of(call, book.lines(invoice(call).path("id").asText())));
        api.post(router, "/v1/invoices/:id/finalize", call -> {
            book.finalizeDraft(invoice(call), call.cause());
            return shown(invoice(call), call);
        });
        api.post(router, "/v1/invoices/:id/pay", this::pay);
        api.post(router, "/v1/invoices/:id/void", call -> {
            book.voidIt(invoice(call), call.cause());
            return shown(invoice(call), call);
        });
        api.post(router, "/v1/invoices/:id/mark_uncollectible", call -> {
            book.markUncollectible(invoice(call), call.cause());
            return shown(invoice(call), call);
        });
        api.get(router, "/v1/invoice_payments", this::payments);
        api.get(
                router,
                "/v1/invoice_payments/:id",
                call -> shelf.get(PAYMENT, call.id(), "id").deepCopy());
        control.post("/_sim/invoices/:id/pay", this::pay);
    }

    private ObjectNode update(Call call) {
        book.update(invoice(call), call.params(), call.cause());
        return shown(invoice(call), call);
    }

    private ObjectNode pay(Call call) {
        collector.pay(invoice(call), call.cause());
        return shown(invoice(call), call);
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        String subscription = params.text("subscription");
        return ListPage.of(
                call,
                shelf.all(KIND).stream()
                        .filter(invoice -> ListPage.matches(params, invoice, "customer", "status"))
                        .filter(invoice -> subscription == null
                                || subscription.equals(invoice.at("/parent/subscription_details/subscription")
                                        .asText()))
                        .filter(invoice -> ListPage.isCreatedWithin(params, invoice))
                        .toList());
    }

    private ObjectNode payments(Call call) {
        Params payment = call.params().inside("payment");
        String intent = payment == null ? null : payment.text("payment_intent");
        return ListPage.of(
                call,
                shelf.all(PAYMENT).stream()
                        .filter(one -> ListPage.matches(call.params(), one, "invoice", "status"))
                        .filter(one -> intent == null
                                || intent.equals(
                                        one.at("/payment/payment_intent").asText()))
                        .toList());
    }

    /** Its payments only when they are asked for. */
    private ObjectNode shown(ObjectNode invoice, Call call) {
        ObjectNode shown = invoice.deepCopy();
        if (call.params().texts("expand").stream().anyMatch(path -> path.startsWith("payments"))) {
            String id = invoice.path("id").asText();
            List<ObjectNode> payments = shelf.all(PAYMENT).stream()
                    .filter(payment -> payment.path("invoice").asText().equals(id))
                    .toList();
            ObjectNode list = shown.putObject("payments");
            list.put("object", "list");
            ArrayNode data = list.putArray("data");
            payments.forEach(payment -> data.add(payment.deepCopy()));
            list.put("has_more", false);
            list.put("url", "/v1/invoice_payments");
        }
        return shown;
    }

    private ObjectNode invoice(Call call) {
        return shelf.get(KIND, call.id(), "invoice");
    }
}
