package dev.quittance.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The local stack knows no service from inside, and its own features depend one way. */
class LocalStackArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quittance.localstack");

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
                        "dev.quittance.messaging..")
                .check(CLASSES);
    }

    @Test
    void featuresDependOneWay() {
        slices().matching("dev.quittance.localstack.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theSimulatorsFeaturesDependOneWay() {
        slices().matching("dev.quittance.localstack.simulator.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** The services' tests have Quarkus' client library, not the broker's: only our own JVMs may load the broker. */
    @Test
    void onlyTheNodeKnowsTheBroker() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("KafkaNode")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..")
                .check(CLASSES);
    }

    @Test
    void testsNeedNoKafkaClientInOrderToFindTheParts() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Test")
                .or()
                .haveSimpleName("PartsClient")
                .or()
                .haveSimpleName("PartsLaunch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void onlyStoresSpeakSql() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .should()
                .callMethod(Connection.class, "prepareStatement", String.class)
                .orShould()
                .callMethod(Statement.class, "execute", String.class)
                .orShould()
                .callMethod(Statement.class, "executeQuery", String.class)
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
