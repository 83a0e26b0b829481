package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.customer.CardPrint;
import dev.quittance.provisioning.customer.CustomerDeletion;
import dev.quittance.provisioning.customer.CustomerDetail;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.HintPlace;
import dev.quittance.provisioning.customer.PaymentMethodSummary;
import dev.quittance.provisioning.customer.Stamp;
import dev.quittance.provisioning.identity.ContactHint;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what events say of a customer besides whose it is. */
final class CustomerReader {
    private static final List<String> ADDRESS_FIELDS =
            List.of("line1", "line2", "city", "state", "postal_code", "country");
    private static final Pattern FOUR_DIGITS = Pattern.compile("[0-9]{4}");
    private static final int YEAR_MAX = 9_999;

    private CustomerReader() {}

    static CustomerDetail detail(StripeObject customer, CustomerKey key, Stamp stamp) {
        return new CustomerDetail(
                key,
                customer.id("invoice_settings.default_payment_method", "default_source", "default_card")
                        .orNull(),
                address(customer.object("address")),
                stamp);
    }

    static Reading<ProvisioningFact> deleted(StripeEvent event, String account) {
        String id = event.object().id().orNull();
        if (id == null || !CustomerKey.isCustomerId(id)) {
            return new Reading.Ignored<>("no-customer-id");
        }
        CustomerDeletion deletion = new CustomerDeletion(
                new CustomerKey(account, id), event.created().orElse(Instant.EPOCH), event.id());
        return new Reading.Relevant<>(
                new ProvisioningFact.CustomerGone(deletion),
                Set.of(deletion.key().subject()));
    }

    static Reading<ProvisioningFact> paymentMethod(StripeEvent event, String account, boolean isAttached) {
        StripeObject method = event.object();
        String id = method.id().orNull();
        if (id == null) {
            return new Reading.Ignored<>("no-payment-method-id");
        }
        String type = method.text("type").orElse("unknown");
        String lastFour = method.text(type + ".last4").orNull();
        // A detachment of the same second is the later one.
        Stamp stamp = Stamp.stated(event.created().toOptional(), !isAttached, event.id());
        PaymentMethodSummary summary = new PaymentMethodSummary(
                account,
                id,
                type,
                method.text(type + ".brand").orNull(),
                lastFour != null && FOUR_DIGITS.matcher(lastFour).matches() ? lastFour : null,
                number(method, type + ".exp_month", 12),
                number(method, type + ".exp_year", YEAR_MAX),
                isAttached,
                stamp);
        List<ContactHint> hints = isAttached ? ContactFacts.hints(event, account, HintPlace.CARD) : List.of();
        Set<String> subjects = new HashSet<>(ContactFacts.subjects(hints));
        subjects.add("method:" + account + "/" + id);
        return new Reading.Relevant<>(
                new ProvisioningFact.PaymentMethodSeen(summary, print(method, type, account), hints), subjects);
    }

    private static @Nullable CardPrint print(StripeObject method, String type, String account) {
        String fingerprint = method.text(type + ".fingerprint").orNull();
        String customer = method.id("customer").orNull();
        return fingerprint == null || customer == null || !CustomerKey.isCustomerId(customer)
                ? null
                : CardPrint.of(new CustomerKey(account, customer), fingerprint);
    }

    private static @Nullable Integer number(StripeObject object, String place, int max) {
        long number = object.integer(place).orElse(0L);
        return number >= 1 && number <= max ? Math.toIntExact(number) : null;
    }

    private static @Nullable String address(StripeObject address) {
        JsonObject json = new JsonObject();
        for (String field : ADDRESS_FIELDS) {
            String value = address.text(field).orNull();
            if (value != null && !value.isBlank()) {
                json.put(field, value);
            }
        }
        return json.isEmpty() ? null : json.encode();
    }
}
