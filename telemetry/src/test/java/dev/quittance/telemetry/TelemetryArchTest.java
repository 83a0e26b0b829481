package dev.quittance.telemetry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Under everything: it knows nobody. */
class TelemetryArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quittance.telemetry");

    @Test
    void knowsNobodyElseOfOurs() {
        assertThat(CLASSES).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quittance.contracts..",
                        "dev.quittance.messaging..",
                        "dev.quittance.ingest..",
                        "dev.quittance.provisioning..",
                        "dev.quittance.billing..",
                        "dev.quittance.voucher..",
                        "dev.quittance.localstack..")
                .check(CLASSES);
    }

    @Test
    void bannedNamesAreNotUsed() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Service|Processor|Dto)")
                .andShould()
                .haveNameNotMatching(".*\\.(Abstract|Base)[A-Z].*")
                .check(CLASSES);
    }
}
