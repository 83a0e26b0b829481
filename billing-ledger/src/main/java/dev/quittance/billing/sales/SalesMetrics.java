package dev.quittance.billing.sales;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.money.Money;
import dev.quittance.messaging.inbox.Delivered;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was sold, and what was not. Each thing when the transaction that it happened in is committed, so that one that is tried
 * again does not count twice. Every tag is of a closed set.
 */
@ApplicationScoped
public class SalesMetrics {
    private static final String CHARGES = "payments.charges";
    private static final String PAYMENTS = "payments.methods";
    private static final String CHECKOUTS = "checkout.outcomes";
    private static final String ORDERS = "shop.orders";
    private static final String SPENT = "sales.spent";
    private static final String RESULT = "result";
    private static final String OUTCOME = "outcome";
    private static final String METHOD = "method";
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    private final MeterRegistry metrics;
    private final Timer settling;
    private final AtomicLong untouchedCarts = new AtomicLong();

    SalesMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.settling = Timer.builder("sales.settling")
                .description("from a payment, as Stripe tells its time, to its settlement")
                .serviceLevelObjectives(BOUNDS)
                .register(metrics);
        Gauge.builder("carts.untouched", untouchedCarts, AtomicLong::get)
                .description("carts that nobody has touched for a day, up to ten thousand")
                .register(metrics);
    }

    /** Counted from nothing: a share of what is not there is no number, and a first one would not be seen to come. */
    void start(@Observes StartupEvent event) {
        Stream.concat(SalesRules.REASONS.stream(), Stream.of(SalesRules.SUCCEEDED, SalesRules.OTHER))
                .forEach(result -> metrics.counter(CHARGES, RESULT, result));
        for (PaidWith method : PaidWith.values()) {
            List.of(SalesRules.SUCCEEDED, SalesRules.FAILED).forEach(outcome -> payments(method, outcome, 0));
        }
        List.of(SalesRules.PAID, SalesRules.ABANDONED, SalesRules.FAILED)
                .forEach(outcome -> metrics.counter(CHECKOUTS, OUTCOME, outcome));
        for (String method : List.of("stripe", "points")) {
            List.of("pending", "processing", "cancelled").forEach(status -> orders(status, method, 0));
        }
        List.of("points", "credits").forEach(unit -> metrics.summary(SPENT, "unit", unit));
    }

    /** Events of payments and checkouts. */
    public void seen(SqlConnection transaction, List<Delivered<BillingFact>> batch) {
        List<SalesRules.Charge> charges = batch.stream()
                .flatMap(one -> SalesRules.charge(one.incoming().type(), one.fact()).stream())
                .toList();
        List<String> checkouts = batch.stream()
                .flatMap(one -> SalesRules.checkout(one.incoming().type(), one.fact()).stream())
                .toList();
        if (charges.isEmpty() && checkouts.isEmpty()) {
            return;
        }
        afterCommit(transaction, () -> {
            charges.forEach(this::charge);
            checkouts.forEach(this::checkout);
        });
    }

    /**
     * A purchase that is settled.
     *
     * @param isCheckout whether it was paid on a checkout's page
     */
    public record Sale(Money amount, Instant paidAt, boolean isCheckout) {}

    public void settled(SqlConnection transaction, List<Sale> sales) {
        if (!sales.isEmpty()) {
            afterCommit(transaction, () -> sales.forEach(this::count));
        }
    }

    /** Orders that came into another state. */
    public void moved(SqlConnection transaction, String paymentMethod, Collection<OrderStatusChanged> changes) {
        if (!changes.isEmpty()) {
            List<String> statuses =
                    changes.stream().map(OrderStatusChanged::status).toList();
            afterCommit(transaction, () -> statuses.forEach(status -> orders(status, paymentMethod, 1)));
        }
    }

    /** Points or credits that were spent. */
    public void spent(SqlConnection transaction, String unit, long amount) {
        afterCommit(transaction, () -> metrics.summary(SPENT, "unit", unit).record(amount));
    }

    private void count(Sale sale) {
        if (sale.isCheckout()) {
            checkout(SalesRules.PAID);
        }
        long tookMs = metrics.config().clock().wallTime() - sale.paidAt().toEpochMilli();
        settling.record(Math.max(0, tookMs), TimeUnit.MILLISECONDS);
        DistributionSummary.builder("sales.revenue")
                .baseUnit("minor")
                .description("what was settled, in the currency's smallest unit, before anything went back")
                .tag("currency", sale.amount().currency())
                .register(metrics)
                .record(sale.amount().amountMinor());
    }

    void untouchedCarts(long count) {
        untouchedCarts.set(count);
    }

    private void charge(SalesRules.Charge charge) {
        metrics.counter(CHARGES, RESULT, charge.result()).increment();
        payments(charge.paidWith(), charge.isPaid() ? SalesRules.SUCCEEDED : SalesRules.FAILED, 1);
    }

    private void payments(PaidWith method, String outcome, int count) {
        metrics.counter(PAYMENTS, METHOD, method.tag(), OUTCOME, outcome).increment(count);
    }

    private void checkout(String outcome) {
        metrics.counter(CHECKOUTS, OUTCOME, outcome).increment();
    }

    private void orders(String status, String paymentMethod, int count) {
        metrics.counter(ORDERS, "status", status, "payment", paymentMethod).increment(count);
    }

    private static void afterCommit(SqlConnection connection, Runnable count) {
        @Nullable Transaction transaction = connection.transaction();
        if (transaction == null) {
            count.run();
            return;
        }
        // Nobody waits for a count, and what is rolled back never was.
        transaction.completion().subscribe().with(_ -> count.run(), _ -> {});
    }
}
