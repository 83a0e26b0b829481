package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.billing.HoldReleased;
import dev.quittance.contracts.billing.PaymentHeld;
import dev.quittance.contracts.billing.PaymentReversed;
import dev.quittance.contracts.billing.ReversalUndone;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import dev.quittance.contracts.voucher.VoucherTerm;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What billing and voucher tell of payments in doubt and payments that went back, and what becomes of access: whether there
 * is some, why, and in how many days it ends. The paid period began five days ago and has 25 to go.
 */
record AccessCase(String name, String result, Function<AccessCase.Scene, List<AccessCase.Sent>> scene) {
    static final Instant NOW = Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);

    static final List<AccessCase> ALL = List.of(
            new AccessCase("F7: held", "false held-dispute expiry 25", s -> List.of(s.active(), s.paid(), s.held())),
            new AccessCase(
                    "F7: held and released",
                    "true paid,subscription expiry 25",
                    s -> List.of(s.active(), s.paid(), s.held(), s.released())),
            new AccessCase(
                    "D11: the collection is paused",
                    "false collection-paused",
                    s -> List.of(s.active(), s.paid(), s.collectionPaused())),
            new AccessCase(
                    "D15: renewed with days left, which are kept",
                    "true paid,subscription expiry 55",
                    s -> List.of(s.active(), s.paid(), s.redeemed())),
            new AccessCase(
                    "F8: a payment that went back whole ends its time",
                    "false incomplete,expired expiry 0",
                    s -> List.of(s.incomplete(), s.paid(), s.reversed(1_000))),
            new AccessCase(
                    "F1: a payment that went back in part does not",
                    "true paid expiry 25",
                    s -> List.of(s.incomplete(), s.paid(), s.reversed(400))),
            new AccessCase(
                    "F3: a refund that failed gives the time back",
                    "true paid expiry 25",
                    s -> List.of(s.incomplete(), s.paid(), s.reversed(1_000), s.undone())),
            new AccessCase(
                    "G4: a voucher that was revoked after its redemption",
                    "false expired expiry 0",
                    s -> List.of(s.redeemed(), s.revoked(1))),
            new AccessCase(
                    "G4: a voucher that was revoked and restored",
                    "true paid expiry 30",
                    s -> List.of(s.redeemed(), s.revoked(1), s.restored(2))),
            new AccessCase(
                    "G4: revoked, restored and revoked again",
                    "false expired expiry 0",
                    s -> List.of(s.redeemed(), s.revoked(1), s.restored(2), s.revoked(3))));

    /** A record of one of the topics. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sent(String topic, String id, String type, byte[] body) {
        ConsumerRecord<String, byte[]> record(String prefix, long offset) {
            ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(prefix + topic, 0, offset, "key", body);
            StripeJson.header(record, Headers.CE_ID, id);
            StripeJson.header(record, Headers.CE_TYPE, type);
            return record;
        }
    }

    List<Sent> events(String run, String accountNumber) {
        return scene.apply(new Scene(run, accountNumber));
    }

    @Override
    public String toString() {
        return name;
    }

    /** One user's events. */
    record Scene(String run, String accountNumber) {
        Sent active() {
            return subscription("active");
        }

        Sent incomplete() {
            return subscription("incomplete");
        }

        Sent collectionPaused() {
            Life life = new Life(run);
            return sent(life.event(
                    "p",
                    "customer.subscription.updated",
                    20,
                    life.subscription("a", "active")
                            .put("pause_collection", new JsonObject().put("behavior", "void"))));
        }

        private Sent subscription(String status) {
            Life life = new Life(run);
            return sent(life.event("s", "customer.subscription.created", 10, life.subscription("a", status)));
        }

        Sent paid() {
            Life life = new Life(run);
            JsonObject invoice = life.invoice("a", 1);
            invoice.getJsonObject("lines")
                    .getJsonArray("data")
                    .getJsonObject(0)
                    .put(
                            "period",
                            new JsonObject()
                                    .put("start", day(-5).getEpochSecond())
                                    .put("end", day(25).getEpochSecond()));
            return sent(life.event("i", "invoice.paid", 11, invoice));
        }

        Sent held() {
            return sent("held", new PaymentHeld(invoiceId(), user(), accountNumber, "", "dp_" + run, "dispute", NOW));
        }

        Sent released() {
            return sent(
                    "released", new HoldReleased(invoiceId(), user(), accountNumber, "", "dp_" + run, "dispute", NOW));
        }

        Sent reversed(long minor) {
            Money paid = new Money(1_000, "EUR");
            Money back = new Money(minor, "EUR");
            return sent(
                    "reversed",
                    new PaymentReversed(
                            invoiceId(),
                            user(),
                            accountNumber,
                            "",
                            "re_1",
                            "refund",
                            paid,
                            back,
                            back,
                            1,
                            NOW.plusSeconds(1)));
        }

        Sent undone() {
            Money paid = new Money(1_000, "EUR");
            return sent(
                    "undone",
                    new ReversalUndone(
                            invoiceId(),
                            user(),
                            accountNumber,
                            "",
                            "re_1",
                            paid,
                            paid,
                            new Money(0, "EUR"),
                            2,
                            NOW.plusSeconds(2)));
        }

        Sent redeemed() {
            return sent("redeemed", new VoucherRedeemed(voucher(), user(), accountNumber, VoucherTerm.ofDays(30), NOW));
        }

        Sent revoked(long revision) {
            return sent(
                    "revoked" + revision,
                    new VoucherRevoked(
                            voucher(),
                            accountNumber,
                            true,
                            VoucherTerm.ofDays(30),
                            "re_1",
                            revision,
                            NOW.plusSeconds(revision)));
        }

        Sent restored(long revision) {
            return sent(
                    "restored" + revision,
                    new VoucherRestored(
                            voucher(),
                            accountNumber,
                            true,
                            VoucherTerm.ofDays(30),
                            "re_1",
                            revision,
                            NOW.plusSeconds(revision)));
        }

        private UUID voucher() {
            return Buyer.userId("voucher", run);
        }

        private UUID user() {
            return Buyer.userId("user", run);
        }

        private String invoiceId() {
            return "in_a1_" + run;
        }

        private static Instant day(int days) {
            return NOW.plus(Duration.ofDays(days));
        }

        private Sent sent(String id, DomainEvent event) {
            return new Sent(event.topic(), "evt_" + id + "_" + run, event.type(), EventCodec.write(event));
        }

        private static Sent sent(StripeJson event) {
            return new Sent(Topics.STRIPE_EVENTS, event.id(), event.type(), event.bytes());
        }
    }
}
