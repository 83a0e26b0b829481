package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each failure case and each kind of odd input that ingest, the consumers and the shop must survive is the name of a test. */
class NamedCasesTest {
    private static final Pattern DISPLAYED = Pattern.compile("@DisplayName\\(\\s*\"([^\"]*)\"");
    private static final Pattern ROW = Pattern.compile("(?:row|new Oddity)\\(\\s*\"(N-[0-9]{2})");
    private static final Pattern CODE = Pattern.compile("\\b(?:[A-Z][0-9]{1,2}|N-[0-9]{2})\\b");
    private static final Pattern RANGE = Pattern.compile("N-([0-9]{2}) to N-([0-9]{2})");

    @Test
    void everyCaseIsTheNameOfATest() {
        // Given
        Set<String> wanted = new TreeSet<>();
        IntStream.rangeClosed(1, 18).forEach(number -> wanted.add("A" + number));
        IntStream.rangeClosed(1, 10).forEach(number -> wanted.add("B" + number));
        IntStream.rangeClosed(6, 8).forEach(number -> wanted.add("I" + number));
        IntStream.of(3, 12, 14, 16).forEach(number -> wanted.add("E" + number));
        IntStream.rangeClosed(1, 6).forEach(number -> wanted.add("H" + number));
        IntStream.rangeClosed(1, 20).forEach(number -> wanted.add("N-%02d".formatted(number)));

        // When
        Set<String> named = new TreeSet<>();
        Sources.below("", "Test.java", "IT.java", "Story.java", "HostileBodies.java").stream()
                .map(Sources::read)
                .flatMap(NamedCasesTest::names)
                .forEach(named::add);

        // Then
        wanted.removeAll(named);
        assertThat(wanted).as("named by no test").isEmpty();
    }

    private static Stream<String> names(String source) {
        Set<String> names = new TreeSet<>();
        ROW.matcher(source).results().forEach(found -> names.add(found.group(1)));
        Matcher displayed = DISPLAYED.matcher(source);
        while (displayed.find()) {
            CODE.matcher(displayed.group(1)).results().forEach(found -> names.add(found.group()));
            RANGE.matcher(displayed.group(1))
                    .results()
                    .forEach(found -> IntStream.rangeClosed(
                                    Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)))
                            .forEach(number -> names.add("N-%02d".formatted(number))));
        }
        return names.stream();
    }
}
