package dev.quittance.voucher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class VoucherArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.quittance.voucher");
    private static final Set<String> INEXACT =
            Set.of("double", "float", "[D", "[F", "double[]", "float[]", "java.lang.Double", "java.lang.Float");
    private static final String BANNED_NAMES =
            ".*(Impl|Manager|Helper|Utils?|Service|Processor|Dto|DTO)|Abstract.*|Base[A-Z].*|I[A-Z][a-z].*";

    @Test
    void featuresDoNotGoInCircles() {
        slices().matching("dev.quittance.voucher.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void otherServicesAreNotKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.quittance.billing..",
                        "dev.quittance.provisioning..",
                        "dev.quittance.ingest..",
                        "dev.quittance.localstack..")
                .check(CLASSES);
    }

    @Test
    void aCodeKnowsNeitherDatabaseNorBroker() {
        noClasses()
                .that()
                .resideInAPackage("..voucher.code..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io..", "jakarta..", "org.apache..", "dev.quittance.contracts..")
                .check(CLASSES);
    }

    @Test
    void rulesArePure() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Rules")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.smallrye..", "io.vertx..", "io.quarkus..", "jakarta..")
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
    void nothingWaitsBlockingOrHopsThreads() {
        noClasses()
                .should()
                .callMethod(io.smallrye.mutiny.Uni.class, "await")
                .orShould()
                .callMethod(io.smallrye.mutiny.Uni.class, "subscribe")
                .check(CLASSES);
    }

    @Test
    void hasNoInexactNumbers() {
        assertThat(CLASSES).isNotEmpty().allSatisfy(type -> {
            assertThat(type.getFields().stream().map(JavaField::getRawType)).noneMatch(VoucherArchTest::isInexact);
            assertThat(type.getMethods().stream().flatMap(VoucherArchTest::signature))
                    .noneMatch(VoucherArchTest::isInexact);
        });
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(CLASSES).extracting(JavaClass::getSimpleName).noneMatch(name -> name.matches(BANNED_NAMES));
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        assertThat(CLASSES)
                .extracting(JavaClass::getPackage)
                .allSatisfy(home -> assertThat(home.isAnnotatedWith(NullMarked.class))
                        .as(home.getName())
                        .isTrue());
    }

    private static Stream<JavaClass> signature(JavaMethod method) {
        return Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream());
    }

    private static boolean isInexact(JavaClass type) {
        return INEXACT.contains(type.getName());
    }
}
