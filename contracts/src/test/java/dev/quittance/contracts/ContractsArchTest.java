package dev.quittance.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

class ContractsArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.quittance.contracts");
    private static final Set<String> INEXACT =
            Set.of("double", "float", "[D", "[F", "double[]", "float[]", "java.lang.Double", "java.lang.Float");
    private static final String BANNED_NAMES =
            ".*(Impl|Manager|Helper|Utils?|Service|Processor|Dto|DTO)|Abstract.*|Base[A-Z].*|I[A-Z][a-z].*";

    @Test
    void knowsNoFramework() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.apache.kafka..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void hasNoInexactNumbers() {
        assertThat(CLASSES).isNotEmpty().allSatisfy(type -> {
            assertThat(type.getFields().stream().map(JavaField::getRawType)).noneMatch(ContractsArchTest::isInexact);
            assertThat(type.getMethods().stream().flatMap(ContractsArchTest::signature))
                    .noneMatch(ContractsArchTest::isInexact);
        });
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Double.class, Float.class)
                .check(CLASSES);
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

    @Test
    void theReaderOfStripeKnowsNothingOfOurEvents() {
        noClasses()
                .that()
                .resideInAPackage("..contracts.stripe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..contracts.billing..", "..contracts.provisioning..", "..contracts.voucher..")
                .check(CLASSES);
    }

    private static Stream<JavaClass> signature(JavaMethod method) {
        return Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream());
    }

    private static boolean isInexact(JavaClass type) {
        return INEXACT.contains(type.getName());
    }
}
