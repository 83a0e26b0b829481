package dev.quittance.deploy.migrate;

import java.util.Locale;

/** The parts of the database, in the order in which they are migrated: foreign keys point backwards only. */
public enum Slice {
    INGEST,
    PROVISIONING,
    BILLING,
    VOUCHER;

    /** The schema, which also is the folder of its migrations. */
    public String schema() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that migrations run as. */
    String owner() {
        return schema() + "_owner";
    }

    /** The role that the service logs in with. */
    public String login() {
        return schema() + "_service";
    }
}
