package dev.quittance.ingest.stripe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of Stripe's list of events, each as the bytes that its webhook would have brought: the list indents them, and nothing else
 * is different. So an event that is fed from here and delivered later is the same event to everybody.
 */
public record EventPage(List<byte[]> events, boolean hasMore) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    public EventPage {
        events = List.copyOf(events);
    }

    /** @throws StripeApi.Unanswered when this is no list */
    public static EventPage read(byte[] answer) {
        List<byte[]> events = new ArrayList<>();
        boolean hasMore = false;
        try (JsonParser json = JSON.createParser(answer)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable();
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("data") && value == JsonToken.START_ARRAY) {
                    readEvents(json, answer, events);
                } else {
                    hasMore |= name.equals("has_more") && value == JsonToken.VALUE_TRUE;
                    json.skipChildren();
                }
            }
            return new EventPage(events, hasMore && !events.isEmpty());
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private static void readEvents(JsonParser json, byte[] answer, List<byte[]> events) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
            json.skipChildren();
            int to = Math.toIntExact(json.currentLocation().getByteOffset());
            events.add(outdented(answer, from, to));
        }
    }

    /** Takes off what the line on which the event begins is indented by. No text of JSON holds a line's end, so only layout changes. */
    private static byte[] outdented(byte[] answer, int from, int to) {
        int line = from;
        while (line > 0 && answer[line - 1] != '\n') {
            line--;
        }
        int indent = 0;
        while (line + indent < from && answer[line + indent] == ' ') {
            indent++;
        }
        ByteArrayOutputStream event = new ByteArrayOutputStream(to - from);
        int at = from;
        while (at < to) {
            event.write(answer[at]);
            if (answer[at++] == '\n') {
                int left = indent;
                while (left > 0 && at < to && answer[at] == ' ') {
                    at++;
                    left--;
                }
            }
        }
        return event.toByteArray();
    }

    private static StripeApi.Unanswered unreadable() {
        return new StripeApi.Unanswered("UNREADABLE", null);
    }
}
