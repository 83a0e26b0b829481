package dev.quittance.telemetry.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.quittance.telemetry.trace.Span.Finished;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Spans as OTLP's JSON: ids in hex, times as text in nanoseconds, numbers for enumerations. */
final class OtlpJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int STATUS_ERROR = 2;

    private OtlpJson() {}

    static byte[] write(String service, List<Finished> spans) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            attributes(json, Map.of("service.name", service));
            json.writeEndObject();
            json.writeArrayFieldStart("scopeSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", "dev.quittance");
            json.writeEndObject();
            json.writeArrayFieldStart("spans");
            for (Finished span : spans) {
                span(json, span);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void span(JsonGenerator json, Finished span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.context().traceId());
        json.writeStringField("spanId", span.context().spanId());
        if (span.parentSpanId() != null) {
            json.writeStringField("parentSpanId", span.parentSpanId());
        }
        json.writeStringField("name", span.name());
        json.writeNumberField("kind", span.kind().number);
        json.writeStringField("startTimeUnixNano", Long.toString(span.startNanos()));
        json.writeStringField("endTimeUnixNano", Long.toString(Math.max(span.startNanos(), span.endNanos())));
        attributes(json, span.attributes());
        if (span.errorCode() != null) {
            json.writeObjectFieldStart("status");
            json.writeNumberField("code", STATUS_ERROR);
            json.writeStringField("message", span.errorCode());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, Map<String, String> attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            json.writeStartObject();
            json.writeStringField("key", attribute.getKey());
            json.writeObjectFieldStart("value");
            json.writeStringField("stringValue", attribute.getValue());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
