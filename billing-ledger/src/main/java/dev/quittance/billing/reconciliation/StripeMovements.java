package dev.quittance.billing.reconciliation;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Payout;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.BalanceTransactionListParams;
import dev.quittance.billing.lookup.LookupConfig;
import dev.quittance.billing.reconciliation.ReconciliationStore.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads Stripe's lists, blocking: to be called on a virtual thread and outside any transaction. */
final class StripeMovements {
    private static final long PAGE = 100;

    private final StripeClient client;

    StripeMovements(String apiKey, LookupConfig config) {
        StripeClient.StripeClientBuilder builder = StripeClient.builder()
                .setApiKey(apiKey)
                .setMaxNetworkRetries(0) // the run tries again, and survives us
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()));
        config.apiBase().ifPresent(builder::setApiBase);
        this.client = builder.build();
    }

    /** One page of Stripe's list. */
    record Page(List<Movement> movements, List<String> payouts, boolean hasMore) {
        Page {
            movements = List.copyOf(movements);
            payouts = List.copyOf(payouts);
        }
    }

    /** Stripe did not answer, or not with what can be read. */
    static final class NoPage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoPage(String code) {
            super(code);
        }
    }

    /** The run's next page; with the last one of a period, the payouts that were made in it. */
    Page next(Run run) {
        try {
            StripeCollection<BalanceTransaction> found =
                    client.v1().balanceTransactions().list(parameters(run), options(run));
            List<Movement> movements = new ArrayList<>();
            for (BalanceTransaction transaction : found.getData()) {
                movements.add(movement(transaction));
            }
            boolean hasMore = Boolean.TRUE.equals(found.getHasMore()) && !movements.isEmpty();
            return new Page(movements, run.payoutId() != null ? List.of() : payouts(run, movements), hasMore);
        } catch (StripeException failure) {
            Integer status = failure.getStatusCode();
            throw new NoPage(status == null ? "NO_ANSWER" : "HTTP_" + status);
        }
    }

    /** Only automatic payouts can be asked for what they pay out. */
    private List<String> payouts(Run run, List<Movement> movements) throws StripeException {
        List<String> payouts = new ArrayList<>();
        for (Movement movement : movements) {
            String source = movement.sourceId();
            if (movement.kind().equals("payout") && source != null && isAutomatic(run, source)) {
                payouts.add(source);
            }
        }
        return payouts;
    }

    private boolean isAutomatic(Run run, String payout) throws StripeException {
        Payout found = client.v1().payouts().retrieve(payout, options(run));
        return Boolean.TRUE.equals(found.getAutomatic());
    }

    private static RequestOptions options(Run run) {
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder();
        return run.account().isEmpty()
                ? options.build()
                : options.setStripeAccount(run.account()).build();
    }

    private static BalanceTransactionListParams parameters(Run run) {
        BalanceTransactionListParams.Builder parameters =
                BalanceTransactionListParams.builder().setLimit(PAGE);
        if (run.nextAfter() != null) {
            parameters.setStartingAfter(run.nextAfter());
        }
        if (run.payoutId() != null) {
            return parameters.setPayout(run.payoutId()).build();
        }
        return parameters
                .setCreated(BalanceTransactionListParams.Created.builder()
                        .setGte(Objects.requireNonNull(run.from()).getEpochSecond())
                        .setLt(Objects.requireNonNull(run.to()).getEpochSecond())
                        .build())
                .build();
    }

    private static Movement movement(BalanceTransaction transaction) {
        @Nullable Long amount = transaction.getAmount();
        @Nullable Long fee = transaction.getFee();
        @Nullable Long net = transaction.getNet();
        @Nullable Long created = transaction.getCreated();
        @Nullable String currency = transaction.getCurrency();
        @Nullable String type = transaction.getType();
        if (amount == null || net == null || currency == null || created == null || type == null) {
            throw new NoPage("MOVEMENT_MALFORMED");
        }
        return new Movement(
                transaction.getId(),
                type,
                transaction.getSource(),
                currency.toUpperCase(Locale.ROOT),
                amount,
                fee == null ? amount - net : fee,
                net,
                Instant.ofEpochSecond(created));
    }
}
