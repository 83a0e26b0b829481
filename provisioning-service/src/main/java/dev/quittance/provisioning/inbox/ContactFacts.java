package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.HintPlace;
import dev.quittance.provisioning.customer.Stamp;
import dev.quittance.provisioning.identity.ContactHint;
import dev.quittance.provisioning.identity.EmailAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the e-mails that stand on invoices, charges and cards. A buyer is known by them who is known by nothing better. */
final class ContactFacts {
    private ContactFacts() {}

    /** Of an event that says nothing else to us. */
    static Reading<ProvisioningFact> read(StripeEvent event, String account, HintPlace place, String otherwise) {
        List<ContactHint> hints = hints(event, account, place);
        return hints.isEmpty()
                ? new Reading.Ignored<>(otherwise)
                : new Reading.Relevant<>(new ProvisioningFact.ContactHeard(hints), subjects(hints));
    }

    static Set<String> subjects(List<ContactHint> hints) {
        Set<String> subjects = new LinkedHashSet<>();
        hints.forEach(hint -> subjects.addAll(hint.subjects()));
        return subjects;
    }

    /** One for each name by which the buyer may be asked for: the customer, or of a guest the payment and the invoice. */
    static List<ContactHint> hints(StripeEvent event, String account, HintPlace place) {
        StripeObject object = event.object();
        @Nullable String email = email(object, place);
        if (email == null) {
            return List.of();
        }
        Stamp stamp = Stamp.hinted(place, event.created().toOptional(), event.id());
        Optional<String> customer = object.id("customer").toOptional().filter(CustomerKey::isCustomerId);
        return customer.map(Stream::of)
                .orElseGet(() -> payment(object, place))
                .map(reference -> new ContactHint(account, reference, place, email, stamp))
                .toList();
    }

    private static @Nullable String email(StripeObject object, HintPlace place) {
        Stream<String> places = switch (place) {
            case INVOICE -> Stream.of("customer_email");
            case CHARGE -> Stream.of("billing_details.email", "receipt_email");
            case CARD -> Stream.of("billing_details.email");
        };
        return places.flatMap(at -> object.text(at).toOptional().stream())
                .map(EmailAddress::normalise)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Stream<String> payment(StripeObject object, HintPlace place) {
        return switch (place) {
            case INVOICE -> Stream.of(object.id(), object.id("payment_intent")).flatMap(id -> id.toOptional().stream());
            case CHARGE ->
                Stream.of(object.id("payment_intent"), object.id("invoice")).flatMap(id -> id.toOptional().stream());
            case CARD -> Stream.empty();
        };
    }
}
