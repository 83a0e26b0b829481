package dev.quittance.provisioning.customer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a batch says of customers besides whose they are. The latest word stands, in whatever order it was heard. */
public final class CustomerChanges {
    private record MethodKey(String stripeAccount, String id) {}

    private final Map<CustomerKey, CustomerDetail> details = new LinkedHashMap<>();
    private final Map<MethodKey, PaymentMethodSummary> methods = new HashMap<>();
    private final Map<CustomerKey, CustomerDeletion> deletions = new LinkedHashMap<>();
    private final Set<CustomerKey> touched = new LinkedHashSet<>();
    private final Set<UUID> left = new LinkedHashSet<>();

    public void add(CustomerDetail detail) {
        details.merge(detail.key(), detail, (a, b) -> a.stamp().compareTo(b.stamp()) > 0 ? a : b);
    }

    public void add(PaymentMethodSummary method) {
        methods.merge(
                new MethodKey(method.stripeAccount(), method.id()),
                method,
                (a, b) -> a.stamp().compareTo(b.stamp()) > 0 ? a : b);
    }

    public void add(CustomerDeletion deletion) {
        deletions.putIfAbsent(deletion.key(), deletion);
    }

    /** A link that was written in this transaction. */
    public void touch(CustomerKey customer) {
        touched.add(customer);
    }

    /** A user whom a customer was taken from. */
    public void leave(UUID userId) {
        left.add(userId);
    }

    List<CustomerDetail> details() {
        return List.copyOf(details.values());
    }

    List<PaymentMethodSummary> methods() {
        return List.copyOf(methods.values());
    }

    List<CustomerDeletion> deletions() {
        return List.copyOf(deletions.values());
    }

    /** Every customer that anything was said of. */
    Set<CustomerKey> customers() {
        Set<CustomerKey> customers = new LinkedHashSet<>(touched);
        customers.addAll(details.keySet());
        customers.addAll(deletions.keySet());
        return customers;
    }

    Set<UUID> left() {
        return left;
    }
}
