package dev.quittance.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.quittance.contracts.event.GoldenEvents.GoldenEvent;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema files tell other languages what the records tell Java: they must not drift apart. */
class SchemaContractTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<GoldenEvent> goldenEvents() {
        return GoldenEvents.all();
    }

    static Stream<String> types() {
        return GoldenEvents.TYPES.stream();
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void goldenFilesKeepTheSchema(GoldenEvent golden) {
        assertThat(schema(golden.type()).validate(golden.json(), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void whatWeWriteKeepsTheSchema(GoldenEvent golden) {
        // Given
        DomainEvent event = EventCodec.read(golden.type(), golden.bytes());

        // When
        String written = new String(EventCodec.write(event), StandardCharsets.UTF_8);

        // Then
        assertThat(schema(golden.type()).validate(written, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void schemaAndRecordHaveTheSameMembers(String type) throws IOException {
        // Given
        JsonNode schema = new ObjectMapper().readTree(GoldenEvents.schema(type));

        // When
        RecordComponent[] components = recordOf(type).getRecordComponents();

        // Then
        assertThat(schema.get("title").textValue()).isEqualTo(type);
        assertThat(names(schema.get("properties"))).isEqualTo(namesWhere(components, true));
        assertThat(elements(schema.get("required"))).isEqualTo(namesWhere(components, false));
    }

    @Test
    void anEventThatLacksAMemberBreaksTheSchema() {
        assertThat(schema("VoucherRedeemed").validate("{\"accountNumber\":\"1\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    private static Schema schema(String type) {
        return SCHEMAS.getSchema(GoldenEvents.schema(type), InputFormat.JSON);
    }

    private static Class<?> recordOf(String type) {
        return GoldenEvents.all()
                .filter(golden -> golden.type().equals(type))
                .map(golden -> EventCodec.read(type, golden.bytes()).getClass())
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> namesWhere(RecordComponent[] components, boolean nullableToo) {
        return Arrays.stream(components)
                .filter(component ->
                        nullableToo || !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream().map(java.util.Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> elements(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).collect(Collectors.toUnmodifiableSet());
    }
}
