package dev.quittance.contracts.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.billing.HoldReleased;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.billing.PaymentHeld;
import dev.quittance.contracts.billing.PaymentReversed;
import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.billing.ReversalUndone;
import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.provisioning.IdentityMismatchFound;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our events as JSON. Readers pass over fields they do not know, so that a newer writer may add some. */
public final class EventCodec {
    private static final Map<String, Class<? extends DomainEvent>> TYPES = Stream.of(
                    AccessChanged.class,
                    AccountExtended.class,
                    AccountShortened.class,
                    BalanceChanged.class,
                    CustomerProvisioned.class,
                    HoldReleased.class,
                    IdentityMismatchFound.class,
                    OrderStatusChanged.class,
                    PaymentHeld.class,
                    PaymentReversed.class,
                    PaymentSettled.class,
                    ReversalUndone.class,
                    SubscriptionChanged.class,
                    VoucherIssued.class,
                    VoucherRedeemed.class,
                    VoucherRestored.class,
                    VoucherRevoked.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A number that is missing, broken or in quotes is no number: 10.5 must not become 10, nor nothing 0.
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private EventCodec() {}

    public static byte[] write(DomainEvent event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + event.type() + " could not be written", e);
        }
    }

    /**
     * @throws UnreadableEvent when the type is not ours or the bytes do not fit it
     */
    public static DomainEvent read(String type, byte[] value) {
        Class<? extends DomainEvent> target = TYPES.get(type);
        if (target == null) {
            throw new UnreadableEvent("no event of this type is known");
        }
        try {
            DomainEvent event = MAPPER.readValue(value, target);
            if (event == null) {
                throw new UnreadableEvent("not a readable " + type + " (null)");
            }
            return event;
        } catch (IOException e) {
            // Without the parser's message: it quotes the input, and this text reaches logs and headers.
            throw new UnreadableEvent(
                    "not a readable " + type + " (" + e.getClass().getSimpleName() + ")");
        }
    }
}
