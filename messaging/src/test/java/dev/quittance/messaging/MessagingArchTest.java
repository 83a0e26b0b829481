package dev.quittance.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Delivery knows no service, and only stores speak SQL. */
class MessagingArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quittance.messaging");

    @Test
    void knowsNoService() {
        assertThat(CLASSES).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quittance.ingest..",
                        "dev.quittance.provisioning..",
                        "dev.quittance.billing..",
                        "dev.quittance.voucher..",
                        "dev.quittance.localstack..")
                .check(CLASSES);
    }

    @Test
    void onlyStoresRunStatements() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .should()
                .callMethod(io.vertx.mutiny.sqlclient.SqlConnection.class, "preparedQuery", String.class)
                .orShould()
                .callMethod(io.vertx.mutiny.sqlclient.SqlConnection.class, "query", String.class)
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
