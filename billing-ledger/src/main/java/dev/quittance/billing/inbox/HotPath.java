package dev.quittance.billing.inbox;

import dev.quittance.billing.payment.PaymentStore;
import dev.quittance.billing.posting.JournalStore;
import java.util.List;

/** The statements that a batch of paid charges costs in this slice, in order, for the benchmark to run beside the service. */
public final class HotPath {
    /**
     * @param parameters the element type of each parameter; all are arrays
     */
    public record Statement(String name, String sql, List<String> parameters) {
        public Statement {
            parameters = List.copyOf(parameters);
        }
    }

    private HotPath() {}

    public static List<Statement> statements() {
        return List.of(
                new Statement("upsert charges", PaymentStore.CHARGES.statement(), PaymentStore.CHARGES.parameters()),
                new Statement("find accounts", JournalStore.FIND_ACCOUNTS, List.of("text", "int")),
                new Statement(
                        "post",
                        JournalStore.POST,
                        List.of(
                                "int",
                                "text",
                                "text",
                                "text",
                                "text",
                                "timestamptz",
                                "int",
                                "int",
                                "bigint",
                                "int",
                                "text",
                                "bigint",
                                "text")));
    }
}
