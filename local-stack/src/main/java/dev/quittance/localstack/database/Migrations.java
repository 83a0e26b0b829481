package dev.quittance.localstack.database;

import dev.quittance.localstack.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings a database to what the sources say: roles and schemas first, then each slice's migrations as its owner. */
public final class Migrations {
    private static final String ROLES = "deploy/postgres/roles.sql";

    private final Checkout checkout;

    public Migrations(Checkout checkout) {
        this.checkout = checkout;
    }

    /** Migrates the slices, in the order given; one without a migration folder has nothing to do yet. */
    public void run(String jdbcUrl, Login superuser, List<Slice> slices) {
        ScriptStore.run(jdbcUrl, superuser, roles());
        slices.stream().filter(this::hasMigrations).forEach(slice -> migrate(jdbcUrl, superuser, slice));
    }

    /** Changes whenever a migration or the roles do. */
    public String fingerprint(List<Slice> slices) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, checkout.root().resolve(ROLES));
            for (Slice slice : slices) {
                digest.update(slice.name().getBytes(StandardCharsets.UTF_8));
                for (Path file : files(slice)) {
                    add(digest, file);
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String roles() {
        try {
            return Files.readString(checkout.root().resolve(ROLES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void migrate(String jdbcUrl, Login superuser, Slice slice) {
        try {
            Flyway.configure()
                    .dataSource(jdbcUrl, superuser.user(), superuser.password())
                    .initSql("SET ROLE " + slice.owner())
                    .defaultSchema(slice.schema())
                    .schemas(slice.schema())
                    .createSchemas(false)
                    .validateMigrationNaming(true)
                    .locations("filesystem:" + slice.migrations(checkout))
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new IllegalStateException(
                    "the database was made by other migrations of " + slice.module()
                            + " than these; ./quittance up --fresh starts anew",
                    e);
        } catch (FlywayException e) {
            throw new IllegalStateException("the migrations of " + slice.module() + " failed: " + firstCause(e), e);
        }
    }

    /** Flyway's own text is a page; the reason is at its end. */
    private static String firstCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return cause instanceof SQLException ? message.lines().findFirst().orElse(message) : message;
    }

    private boolean hasMigrations(Slice slice) {
        return Files.isDirectory(slice.migrations(checkout));
    }

    private List<Path> files(Slice slice) throws IOException {
        if (!hasMigrations(slice)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(slice.migrations(checkout))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void add(MessageDigest digest, Path file) throws IOException {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
    }
}
