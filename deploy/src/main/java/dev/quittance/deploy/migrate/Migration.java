package dev.quittance.deploy.migrate;

import static java.util.Objects.requireNonNull;

import org.flywaydb.core.Flyway;

/** One step of bringing the database up to date; each may run again at any time. */
public final class Migration {
    private final MigrationConfig config;
    private final RoleStore roles;

    public Migration(MigrationConfig config) {
        this.config = requireNonNull(config, "config is null");
        this.roles = new RoleStore(config);
    }

    /** Makes roles and schemas, and gives the services' logins their passwords. */
    public void roles() {
        roles.create();
        roles.setPasswords();
        System.out.println("outcome=roles-ready");
    }

    /** Runs a slice's migrations as its owner. One without any has nothing to do yet. */
    public void slice(Slice slice) {
        String folder = "db/" + slice.schema();
        if (Migration.class.getClassLoader().getResource(folder) == null) {
            System.out.printf("outcome=nothing-to-migrate slice=%s%n", slice.schema());
            return;
        }
        int count = Flyway.configure()
                .dataSource(config.url(), config.username(), config.password())
                .initSql("SET ROLE " + slice.owner())
                .defaultSchema(slice.schema())
                .schemas(slice.schema())
                .createSchemas(false)
                .validateMigrationNaming(true)
                .locations("classpath:" + folder)
                .load()
                .migrate()
                .migrationsExecuted;
        System.out.printf("outcome=migrated slice=%s migrations=%d%n", slice.schema(), count);
    }
}
