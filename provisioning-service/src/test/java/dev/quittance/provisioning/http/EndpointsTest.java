package dev.quittance.provisioning.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    @Test
    void everyEndpointOfTheCodeIsTriedWithBadInput() {
        // When
        Set<String> coded = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.quittance.provisioning")) {
            for (JavaMethod method : type.getMethods()) {
                verb(method).ifPresent(verb -> coded.add(verb + " " + path(type, method)));
            }
        }

        // Then
        Set<String> tried = new TreeSet<>(Endpoint.all().map(Endpoint::name).toList());
        assertThat(coded).isNotEmpty();
        assertThat(tried).isEqualTo(coded);
    }

    private static Optional<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation.getRawType().getSimpleName())
                .findFirst();
    }

    private static String path(JavaClass type, JavaMethod method) {
        return type.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("")
                + method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    }
}
