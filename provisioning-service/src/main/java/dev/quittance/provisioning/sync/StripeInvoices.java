package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceLineItemListParams;
import dev.quittance.provisioning.subscription.InvoiceKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Stripe's invoices, of which events show the first ten lines only. */
@ApplicationScoped
public class StripeInvoices {
    private static final long PAGE = 100;
    /** More pages than this are an answer that never ends. */
    private static final int PAGES_MAX = 10;

    private final StripeCalls calls;

    StripeInvoices(StripeCalls calls) {
        this.calls = requireNonNull(calls, "calls is null");
    }

    /** What Stripe says. */
    sealed interface Answer {
        /** @param json every line, as Stripe writes it */
        record Lines(String json) implements Answer {}

        record Gone() implements Answer {}

        record TooMany() implements Answer {}
    }

    boolean isConfigured() {
        return calls.isConfigured();
    }

    Uni<Answer> lines(InvoiceKey invoice) {
        return calls.call(stripe -> {
            try {
                return lines(stripe, invoice);
            } catch (StripeException failure) {
                if (StripeCalls.isNotFound(failure)) {
                    return new Answer.Gone();
                }
                throw failure;
            }
        });
    }

    private static Answer lines(StripeClient stripe, InvoiceKey invoice) throws StripeException {
        RequestOptions options = StripeCalls.of(invoice.stripeAccount()).build();
        JsonArray lines = new JsonArray();
        InvoiceLineItemListParams.Builder page =
                InvoiceLineItemListParams.builder().setLimit(PAGE);
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            StripeCollection<InvoiceLineItem> found =
                    stripe.v1().invoices().lineItems().list(invoice.invoiceId(), page.build(), options);
            lines.addAll(new JsonObject(found.getLastResponse().body()).getJsonArray("data"));
            if (!Boolean.TRUE.equals(found.getHasMore()) || found.getData().isEmpty()) {
                return new Answer.Lines(lines.encode());
            }
            page.setStartingAfter(found.getData().getLast().getId());
        }
        return new Answer.TooMany();
    }
}
