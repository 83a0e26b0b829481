package dev.quittance.deploy;

import dev.quittance.deploy.migrate.Migration;
import dev.quittance.deploy.migrate.MigrationConfig;
import dev.quittance.deploy.migrate.Slice;
import dev.quittance.deploy.probe.Probe;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** The one command of the image {@code migrations}: {@code roles}, a slice's name, {@code all}, or {@code probe URL}. */
public final class Main {
    private static final int MISUSED = 2;

    private Main() {}

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        if (arguments.length == 2 && arguments[0].equals("probe")) {
            return new Probe().answers(URI.create(arguments[1])) ? 0 : 1;
        }
        if (arguments.length != 1) {
            System.err.println("usage: roles | ingest | provisioning | billing | voucher | all | probe URL");
            return MISUSED;
        }
        Migration migration = new Migration(MigrationConfig.from(System.getenv()));
        switch (arguments[0]) {
            case "roles" -> migration.roles();
            case "all" -> {
                migration.roles();
                Arrays.stream(Slice.values()).forEach(migration::slice);
            }
            default -> migration.slice(Slice.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        }
        return 0;
    }
}
