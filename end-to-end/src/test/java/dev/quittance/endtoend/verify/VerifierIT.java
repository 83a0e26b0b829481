package dev.quittance.endtoend.verify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check of the verifier is able to fail, and says what broke it. */
class VerifierIT {
    private static final Verifier VERIFIER = new Verifier(Duration.ZERO);
    private static TestDatabase sound = TestParts.database(Slice.VOUCHER);

    /** @param offender what the verifier must name */
    record Fault(String breaks, String offender, String sql) {
        @Override
        public String toString() {
            return breaks;
        }
    }

    @BeforeAll
    static void aSoundPurchase() throws SQLException {
        execute(sound, text("purchase.sql"));
    }

    @Test
    void aSoundPurchaseHoldsEveryInvariant() throws SQLException {
        // When
        List<Finding> findings = VERIFIER.verify(sound.jdbcUrl(sound.superuser()));

        // Then
        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding ->
                        assertThat(finding.verdict()).as("%s", finding).isEqualTo(Finding.Verdict.OK));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFoundAndNamed(Fault fault) throws SQLException {
        // Given
        TestDatabase broken = copy();
        execute(broken, "set session_replication_role = replica;" + fault.sql());

        // When
        List<Finding> findings = VERIFIER.verify(broken.jdbcUrl(broken.superuser()));

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.sentence().equals(fault.breaks()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.verdict()).isNotEqualTo(Finding.Verdict.OK))
                .satisfies(finding ->
                        assertThat(String.join("; ", finding.offenders())).contains(fault.offender()));
    }

    @Test
    void everyCheckHasAFaultThatBreaksIt() {
        // When / Then
        assertThat(faults().map(Fault::breaks))
                .containsExactlyInAnyOrderElementsOf(
                        Checks.all().stream().map(Check::sentence).toList());
    }

    @Test
    void whatPeopleShouldLookAtFailsNothing() throws SQLException {
        // Given
        TestDatabase noisy = copy();
        for (Fault fault : faults().toList()) {
            if (isWarning(fault)) {
                execute(noisy, fault.sql());
            }
        }

        // When
        List<Finding> findings = VERIFIER.verify(noisy.jdbcUrl(noisy.superuser()));

        // Then
        assertThat(Verifier.isSound(findings)).isTrue();
        assertThat(findings)
                .filteredOn(finding -> finding.verdict() == Finding.Verdict.WARNING)
                .hasSize(7);
    }

    private static boolean isWarning(Fault fault) {
        return Checks.all().stream()
                .anyMatch(check ->
                        check.kind() == Check.Kind.SHOULD && check.sentence().equals(fault.breaks()));
    }

    /** Sections of the form {@code -- sentence | offender}, each with its statements. */
    static Stream<Fault> faults() {
        return Arrays.stream(String.join(
                                "\n",
                                text("faults.sql"),
                                text("voucher-faults.sql"),
                                text("subscription-faults.sql"),
                                text("shop-faults.sql"))
                        .split("(?m)^-- ", -1))
                .skip(1)
                .map(section -> {
                    String heading = section.lines().findFirst().orElse("");
                    int bar = heading.indexOf(" | ");
                    return new Fault(
                            heading.substring(0, bar),
                            heading.substring(bar + " | ".length()),
                            section.lines().skip(1).collect(Collectors.joining("\n")));
                });
    }

    private static TestDatabase copy() throws SQLException {
        String name = sound.name() + "_" + System.nanoTime();
        TestDatabase maintenance = named("postgres");
        execute(maintenance, "create database \"" + name + "\" template \"" + sound.name() + "\"");
        return named(name);
    }

    private static TestDatabase named(String name) {
        return new TestDatabase(sound.address(), name, sound.superuser(), sound.logins());
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String file) {
        try (InputStream in = requireNonNull(VerifierIT.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
