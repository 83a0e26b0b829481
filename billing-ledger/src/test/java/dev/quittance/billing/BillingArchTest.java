package dev.quittance.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Features without cycles, rules without I/O, money without fractions, SQL only in stores. */
class BillingArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quittance.billing");

    @Test
    void knowsNoOtherService() {
        assertThat(CLASSES).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quittance.ingest..",
                        "dev.quittance.provisioning..",
                        "dev.quittance.voucher..",
                        "dev.quittance.localstack..")
                .check(CLASSES);
    }

    @Test
    void featuresHaveNoCycles() {
        slices().matching("dev.quittance.billing.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void rulesAreDecidedWithoutMutinyOrSql() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Rules")
                .or()
                .resideInAPackage("..fact..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.smallrye.mutiny..", "io.vertx..")
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
                .callMethod(io.vertx.mutiny.sqlclient.Pool.class, "preparedQuery", String.class)
                .orShould()
                .callMethod(io.vertx.mutiny.sqlclient.SqlConnection.class, "query", String.class)
                .orShould()
                .callMethod(io.vertx.mutiny.sqlclient.Pool.class, "query", String.class)
                .check(CLASSES);
    }

    @Test
    void moneyHasNoFractions() {
        for (Class<?> type : new Class<?>[] {double.class, float.class, Double.class, Float.class}) {
            fields().should().notHaveRawType(type).check(CLASSES);
        }
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
