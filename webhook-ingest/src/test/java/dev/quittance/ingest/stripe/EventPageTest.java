package dev.quittance.ingest.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPageTest {
    @Test
    void anEventIsAsItsWebhookWouldHaveBroughtIt() {
        // Given: as Stripe indents it, with text that looks like layout
        String list = """
                {
                  "object": "list",
                  "data": [
                    {
                      "id": "evt_1",
                      "data": {
                        "name": "a\\n      b \u00e4",
                        "n": 1.50,
                        "none": {}
                      }
                    },
                    {
                      "id": "evt_2"
                    }
                  ],
                  "has_more": true,
                  "url": "/v1/events"
                }
                """;

        // When
        EventPage page = read(list);

        // Then
        assertThat(texts(page)).containsExactly("""
                {
                  "id": "evt_1",
                  "data": {
                    "name": "a\\n      b \u00e4",
                    "n": 1.50,
                    "none": {}
                  }
                }""", """
                {
                  "id": "evt_2"
                }""");
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void layoutIsNotNeeded() {
        EventPage page =
                read("{\"has_more\":false,\"data\":[{\"id\":\"evt_1\",\"a\":[1,{\"data\":[{}]}]},{\"id\":\"evt_2\"}]}");

        assertThat(texts(page)).containsExactly("{\"id\":\"evt_1\",\"a\":[1,{\"data\":[{}]}]}", "{\"id\":\"evt_2\"}");
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void anEmptyListEndsWhateverItSays() {
        assertThat(read("{\"data\":[],\"has_more\":true}").hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "<html>", "{\"data\":[{]}", "{\"data\":[{\"id\":\"\u0001\"}]}"})
    void whatIsNoListIsNoAnswer(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(StripeApi.Unanswered.class);
    }

    private static EventPage read(String list) {
        return EventPage.read(list.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(EventPage page) {
        return page.events().stream()
                .map(event -> new String(event, StandardCharsets.UTF_8))
                .toList();
    }
}
