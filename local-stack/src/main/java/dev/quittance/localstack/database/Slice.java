package dev.quittance.localstack.database;

import dev.quittance.localstack.process.Checkout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

/** The part of the database that one service owns. The order is upstream first: foreign keys point backwards only. */
public enum Slice {
    INGEST("webhook-ingest", "ingest"),
    PROVISIONING("provisioning-service", "provisioning"),
    BILLING("billing-ledger", "billing"),
    VOUCHER("voucher-service", "voucher");

    private final String module;
    private final String schema;

    Slice(String module, String schema) {
        this.module = module;
        this.schema = schema;
    }

    /** The Maven module, which is also the service's name. */
    public String module() {
        return module;
    }

    public String schema() {
        return schema;
    }

    /** The role that migrations run as. */
    public String owner() {
        return schema + "_owner";
    }

    /** The role that the service logs in with. */
    public String login() {
        return schema + "_service";
    }

    public Path migrations(Checkout checkout) {
        return checkout.root().resolve(module).resolve("src/main/resources/db/migration");
    }

    /** These slices and everything that their foreign keys may point to. */
    public static List<Slice> withUpstream(Collection<Slice> slices) {
        int last = slices.stream().mapToInt(Slice::ordinal).max().orElse(-1);
        EnumSet<Slice> all = EnumSet.noneOf(Slice.class);
        Arrays.stream(values()).filter(slice -> slice.ordinal() <= last).forEach(all::add);
        return List.copyOf(all);
    }
}
