package dev.quittance.provisioning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ProvisioningArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quittance.provisioning");

    @Test
    void featuresHaveNoCycles() {
        check(slices().matching("dev.quittance.provisioning.(*)..").should().beFreeOfCycles());
    }

    @Test
    void rulesArePure() {
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Rules")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.smallrye.mutiny..", "io.vertx..", "jakarta.persistence..", "org.apache.kafka.."));
    }

    @Test
    void onlyStoresTalkSql() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .haveSimpleNameNotEndingWith("Handler")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mutiny.sqlclient..", "java.sql.."));
    }

    @Test
    void entitiesAndTheSqlClientNeverMeet() {
        check(noClasses()
                .that(DescribedPredicate.describe("use entities", ProvisioningArchTest::usesEntities))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.mutiny.sqlclient.."));
    }

    @Test
    void otherServicesAreNotKnown() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quittance.ingest..",
                        "dev.quittance.billing..",
                        "dev.quittance.voucher..",
                        "dev.quittance.localstack.."));
    }

    @Test
    void namesSayWhatThingsAre() {
        check(classes()
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Service|Processor|Dto)")
                .andShould()
                .haveNameNotMatching(".*\\.(Abstract|Base)[A-Z].*"));
    }

    @Test
    void nothingIsCountedInFractions() {
        check(noFields().should().haveRawType(double.class).orShould().haveRawType(float.class));
    }

    private static boolean usesEntities(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(use -> use.getTargetClass().getPackageName().startsWith("io.quarkus.hibernate.reactive"));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
