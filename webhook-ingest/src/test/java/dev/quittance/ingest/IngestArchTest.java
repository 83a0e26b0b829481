package dev.quittance.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class IngestArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.quittance.ingest");
    private static final String BANNED_NAMES =
            ".*(Impl|Manager|Helper|Utils?|Service|Processor|Dto|DTO)|Abstract.*|Base[A-Z].*|I[A-Z][a-z].*";

    @Test
    void rulesAndVerdictsArePure() {
        noClasses()
                .that()
                .haveNameMatching(".*(Rules|Verdict|Verifier|SignatureHeader|EventHeaders|WebhookSecrets)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.smallrye.mutiny..",
                        "io.vertx..",
                        "java.net..",
                        "java.nio.file..",
                        "org.apache.kafka.clients..")
                .check(CLASSES);
    }

    @Test
    void theWayToTheAnswerTouchesNoDatabaseAndNoCache() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..ingest.webhook..", "..ingest.publish..", "..ingest.config..", "..ingest.problem..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "io.vertx.sqlclient..",
                        "io.vertx.mutiny.sqlclient..",
                        "io.quarkus.redis..")
                .check(CLASSES);
    }

    @Test
    void onlyStoresSpeakSql() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.mutiny.sqlclient.Tuple")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.mutiny.sqlclient.Row")
                .check(CLASSES);
    }

    @Test
    void onlyContractsAndFoundationAreSharedWithOthers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quittance.billing..",
                        "dev.quittance.provisioning..",
                        "dev.quittance.voucher..",
                        "dev.quittance.messaging..",
                        "dev.quittance.localstack..",
                        "com.stripe..")
                .check(CLASSES);
    }

    @Test
    void featuresDoNotGoInCircles() {
        SlicesRuleDefinition.slices()
                .matching("dev.quittance.ingest.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyResourcesSpeakHttp() {
        classes()
                .that()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .should()
                .haveSimpleNameEndingWith("Resource")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(CLASSES).extracting(JavaClass::getSimpleName).noneMatch(name -> name.matches(BANNED_NAMES));
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        assertThat(CLASSES)
                .isNotEmpty()
                .extracting(JavaClass::getPackage)
                .allSatisfy(home -> assertThat(home.isAnnotatedWith(NullMarked.class))
                        .as(home.getName())
                        .isTrue());
    }
}
