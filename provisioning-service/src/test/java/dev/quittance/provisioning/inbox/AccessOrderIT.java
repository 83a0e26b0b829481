package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The failure cases of access: every permutation of what billing, voucher and Stripe tell, each event doubled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessOrderIT {
    private static final long SEED = 20_261_121;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static final String STATE = """
            select concat_ws(' ', x.granted::text, array_to_string(x.reasons, ','), 'expiry',
                     coalesce(round(extract(epoch from a.expiry - '%2$s'::timestamptz) / 86400)::text, '-'),
                     (select count(*) from provisioning.account_extensions e where e.user_id = a.user_id) || ' moves',
                     (select count(*) from provisioning.parked where event_id like '%%%3$s') || ' parked')
            from provisioning.accounts a join provisioning.account_access x using (account_number)
            where a.user_id = '%1$s'
            """;

    private final InboxProbe probe;

    AccessOrderIT() throws SQLException {
        probe = new InboxProbe();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyOrderLeadsToTheSameAccess(AccessCase failure) throws SQLException {
        // Given
        Random random = new Random(SEED);
        Map<String, List<Integer>> runs = new LinkedHashMap<>();
        List<ConsumerRecord<String, byte[]>> customers = new ArrayList<>();
        for (List<Integer> order :
                Orders.permutations(failure.events("x", "4242424242424242").size())) {
            String run = "a%05d".formatted(RUNS.incrementAndGet());
            runs.put(run, Orders.doubled(order, random));
            probe.user(run);
            customers.add(new Life(run).customer().record(InboxProbe.PREFIX, customers.size()));
        }
        probe.process(customers);
        Map<String, List<Integer>> states = new LinkedHashMap<>();

        // When
        for (Map.Entry<String, List<Integer>> run : runs.entrySet()) {
            List<AccessCase.Sent> events = failure.events(run.getKey(), accountNumber(run.getKey()));
            for (int event : run.getValue()) {
                probe.process(List.of(events.get(event).record(InboxProbe.PREFIX, 0)));
            }
            states.putIfAbsent(
                    probe.one(STATE.formatted(Buyer.userId("user", run.getKey()), AccessCase.NOW, run.getKey())),
                    run.getValue());
        }

        // Then
        assertThat(states).as("seed %d", SEED).hasSize(1);
        assertThat(states.keySet().iterator().next())
                .startsWith(failure.result())
                .endsWith(" 0 parked");
    }

    static List<AccessCase> cases() {
        return AccessCase.ALL;
    }

    @AfterAll
    void close() throws SQLException {
        probe.close();
    }

    private String accountNumber(String run) throws SQLException {
        return probe.one(
                "select account_number from provisioning.accounts where user_id = '" + Buyer.userId("user", run) + "'");
    }
}
