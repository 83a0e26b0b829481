package dev.quittance.billing.lookup;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.model.LineItem;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionLineItemListParams;
import dev.quittance.billing.fact.BalanceTransaction;
import dev.quittance.billing.fact.SessionLine;
import dev.quittance.billing.lookup.LookupStore.Leased;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.contracts.money.CurrencyCode;
import dev.quittance.messaging.inbox.Incoming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks Stripe, blocking: to be called on a virtual thread and outside any transaction. Never throws. */
final class StripeLookups {
    private static final int NOT_FOUND = 404;
    private static final long PAGE = 100;
    /** Stripe's sessions have at most a hundred lines; more pages than this are an answer that never ends. */
    private static final int PAGES_MAX = 10;

    private final StripeClient client;
    private final long refundMaxMinor;

    StripeLookups(String apiKey, LookupConfig config) {
        StripeClient.StripeClientBuilder builder = StripeClient.builder()
                .setApiKey(apiKey)
                .setMaxNetworkRetries(0) // the queue tries again, and survives us
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()));
        config.apiBase().ifPresent(builder::setApiBase);
        this.client = builder.build();
        this.refundMaxMinor = config.warningRefundMax();
    }

    LookupAnswer ask(Leased leased) {
        Question question = leased.question();
        try {
            return switch (leased.kind()) {
                case BALANCE_TRANSACTION -> fee(question);
                case SESSION_LINES -> lines(question);
                case CHARGE_REFUNDS -> refunds(question);
                case DISPUTE -> dispute(question);
                case WARNING_REFUND -> new WarningRefund(client, question, options(question), refundMaxMinor).ask();
                case INTENT_OWNER -> new IntentOwner(client, question, options(question)).ask();
                case INVOICE_LINES -> new InvoiceLookup(client, question, options(question)).ask();
            };
        } catch (StripeException failure) {
            Integer status = failure.getStatusCode();
            return status != null && status == NOT_FOUND
                    ? new LookupAnswer.Gone()
                    : new LookupAnswer.Failed(status == null ? "NO_ANSWER" : "HTTP_" + status);
        } catch (RuntimeException failure) {
            // The client throws unchecked exceptions on answers that are not what it expects.
            return new LookupAnswer.Failed(failure.getClass().getSimpleName());
        }
    }

    private LookupAnswer fee(Question question) throws StripeException {
        com.stripe.model.BalanceTransaction found =
                client.v1().balanceTransactions().retrieve(question.objectId(), options(question));
        @Nullable Long fee = found.getFee();
        Optional<String> currency = Optional.ofNullable(found.getCurrency()).flatMap(CurrencyCode::parse);
        if (fee == null || fee < 0 || currency.isEmpty()) {
            return new LookupAnswer.Unusable("FEE_MALFORMED");
        }
        @Nullable Long created = found.getCreated();
        return new LookupAnswer.Fee(
                new BalanceTransaction(question.objectId(), fee, currency.get()),
                created == null ? Instant.EPOCH : Instant.ofEpochSecond(created));
    }

    private LookupAnswer lines(Question question) throws StripeException {
        List<SessionLine> lines = new ArrayList<>();
        @Nullable String after = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            StripeCollection<LineItem> found = client.v1()
                    .checkout()
                    .sessions()
                    .lineItems()
                    .list(question.objectId(), parameters(after), options(question));
            for (LineItem item : found.getData()) {
                lines.add(line(item));
                after = item.getId();
            }
            if (!Boolean.TRUE.equals(found.getHasMore())) {
                return new LookupAnswer.Lines(lines);
            }
        }
        return new LookupAnswer.Unusable("TOO_MANY_LINES");
    }

    private LookupAnswer refunds(Question question) throws StripeException {
        List<Incoming> events = new ArrayList<>();
        @Nullable String after = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            RefundListParams.Builder parameters =
                    RefundListParams.builder().setCharge(question.id()).setLimit(PAGE);
            if (after != null) {
                parameters.setStartingAfter(after);
            }
            StripeCollection<Refund> found = client.v1().refunds().list(parameters.build(), options(question));
            events.addAll(LookedUp.list(
                    question, "refund.updated", found.getLastResponse().body()));
            if (!Boolean.TRUE.equals(found.getHasMore()) || found.getData().isEmpty()) {
                return new LookupAnswer.Objects(events);
            }
            after = found.getData().getLast().getId();
        }
        return new LookupAnswer.Unusable("TOO_MANY_REFUNDS");
    }

    private LookupAnswer dispute(Question question) throws StripeException {
        Dispute found = client.v1().disputes().retrieve(question.id(), options(question));
        return new LookupAnswer.Objects(LookedUp.one(
                question, "charge.dispute.updated", found.getLastResponse().body()));
    }

    private static SessionLineItemListParams parameters(@Nullable String after) {
        SessionLineItemListParams.Builder parameters =
                SessionLineItemListParams.builder().setLimit(PAGE).addExpand("data.price.product");
        return after == null
                ? parameters.build()
                : parameters.setStartingAfter(after).build();
    }

    private static SessionLine line(LineItem item) {
        @Nullable Price price = item.getPrice();
        @Nullable Product product = price == null ? null : price.getProductObject();
        @Nullable Long quantity = item.getQuantity();
        return new SessionLine(
                item.getId(),
                price == null ? null : price.getId(),
                price == null ? null : price.getProduct(),
                quantity == null || quantity < 0 ? 0 : quantity,
                price == null ? Map.of() : metadata(price.getMetadata()),
                product == null ? null : metadata(product.getMetadata()));
    }

    private static Map<String, String> metadata(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : metadata;
    }

    private static RequestOptions options(Question question) {
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder();
        return question.account().isEmpty()
                ? options.build()
                : options.setStripeAccount(question.account()).build();
    }
}
