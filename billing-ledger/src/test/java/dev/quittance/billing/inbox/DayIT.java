package dev.quittance.billing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.Orders;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days sold, used, taken back and given back come to nothing, in every order and doubled. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class DayIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final UUID USER = UUID.fromString("55555555-5555-4555-8555-555555555555");
    private static final UUID VOUCHER = UUID.fromString("66666666-6666-4666-8666-666666666666");
    private static final VoucherTerm TERM = VoucherTerm.ofMonths(3);
    private static final Instant AT = Instant.EPOCH;

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.addUser(USER);
        inbox = inboxes.inbox(handler);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void whatIsSoldUsedRefundedAndRestoredIsWhatWasSold() throws SQLException {
        everyOrderEndsIn(
                List.of("day_given|-90", "day_issued|90"), issued(), redeemed(), revoked(true, 1), restored(true, 2));
    }

    @Test
    void whatIsSoldUsedAndRefundedIsNothing() throws SQLException {
        everyOrderEndsIn(List.of(), issued(), redeemed(), revoked(true, 1));
    }

    @Test
    void whatIsSoldAndRefundedUnusedIsNothingUntilItIsRestored() throws SQLException {
        everyOrderEndsIn(List.of("day_issued|90", "day_vouchers|-90"), issued(), revoked(false, 1), restored(false, 2));
    }

    @Test
    void whatWasUsedUpBeforeItWasTakenBackIsOwed() throws SQLException {
        everyOrderEndsIn(
                List.of("day_given|-10", "receivable:" + USER + ":day|10"),
                issued(),
                redeemed(),
                revoked(true, 1),
                shortened());
    }

    @Test
    void whatWasOwedIsForgivenWhenItIsGivenBack() throws SQLException {
        everyOrderEndsIn(
                List.of("day_given|-90", "day_vouchers|90"),
                redeemed(),
                revoked(true, 1),
                shortened(),
                restored(true, 2),
                extended());
    }

    private void everyOrderEndsIn(List<String> books, Event... events) throws SQLException {
        Random random = new Random(7);
        for (List<Event> order : Orders.of(List.of(events), 1000, random)) {
            ledger.empty();
            inbox.process(Events.poll(Orders.doubled(order, random))).await().atMost(LONG);
            assertThat(ledger.rows("select a.name, sum(b.debits - b.credits) from billing.balances b"
                            + " join billing.ledger_accounts a using (account_id) where a.unit = 'day' group by 1"
                            + " having sum(b.debits - b.credits) <> 0 order by 1"))
                    .isEqualTo(books);
        }
    }

    private static Event issued() {
        return event(new VoucherIssued(VOUCHER, USER, "4000000000000002", "pi_1", 1, TERM, AT));
    }

    private static Event redeemed() {
        return event(new VoucherRedeemed(VOUCHER, USER, "4000000000000002", TERM, AT));
    }

    private static Event revoked(boolean redeemed, long revision) {
        return event(new VoucherRevoked(VOUCHER, "4000000000000002", redeemed, TERM, "re_1", revision, AT));
    }

    private static Event restored(boolean redeemed, long revision) {
        return event(new VoucherRestored(VOUCHER, "4000000000000002", redeemed, TERM, "re_1", revision, AT));
    }

    private static Event shortened() {
        return event(new AccountShortened(USER, "4000000000000002", AT, AT, "takeback:" + VOUCHER + ":1", 80, 10, AT));
    }

    private static Event extended() {
        return event(new AccountExtended(
                USER,
                "4000000000000002",
                AT,
                AT,
                "giveback:" + VOUCHER + ":2",
                AT,
                new AccountExtended.Forgiven("takeback:" + VOUCHER + ":1", 10)));
    }

    private static Event event(DomainEvent event) {
        return new Event(event.topic(), "own-" + event.type(), event.type(), event.key(), EventCodec.write(event));
    }
}
