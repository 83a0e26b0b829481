package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.demo.Demo;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code ./quittance demo} shows is what happened: somebody who reads it can believe it. */
@ExtendWith(StoryStack.Started.class)
class DemoStory {
    private static final Pattern STEP = Pattern.compile("^ *[0-9]+  ([A-Z][a-z]+) +(.*)$");
    private static final Pattern ACCESS =
            Pattern.compile("until (\\S+), because: ([a-z, -]+); the subscription is ([a-z_]+)");

    /** A step, and what the buyer had after it. */
    private record Seen(String step, Instant until, String reasons, String status) {}

    @Test
    @DisplayName(
            "The demo shows a subscription bought, renewed, failing to renew and cancelled, with the access and its reason")
    void theDemoShowsASubscriptionsLife(StoryStack stack) throws SQLException {
        // Given
        List<String> shown = new CopyOnWriteArrayList<>();

        // When
        int code = new Demo(stack.local().env(), stack.local().tokens()::userToken, shown::add).run();

        // Then
        assertThat(code).as(String.join("\n", shown)).isZero();
        List<Seen> seen = seen(shown);
        assertThat(seen).extracting(Seen::step).containsExactly("Subscribed", "Renewed", "Declined", "Cancelled");
        assertThat(seen).extracting(Seen::status).containsExactly("active", "active", "past_due", "canceled");
        assertThat(seen.get(0).reasons()).contains("subscription");
        assertThat(seen.get(1).until()).isAfter(seen.get(0).until());
        assertThat(seen.get(2).reasons()).contains("past-due-grace");
        assertThat(seen.get(3).reasons()).contains("paid");
        assertThat(seen.get(3).until()).isEqualTo(seen.get(1).until());
        new Effects(stack).verify();
    }

    private static List<Seen> seen(List<String> shown) {
        List<MatchResult> steps = shown.stream()
                .map(STEP::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .toList();
        List<Seen> seen = new ArrayList<>();
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).group(1).equals("Access")) {
                Matcher access = ACCESS.matcher(steps.get(i).group(2));
                assertThat(access.matches()).as(steps.get(i).group()).isTrue();
                seen.add(new Seen(
                        steps.get(i - 1).group(1), Instant.parse(access.group(1)), access.group(2), access.group(3)));
            }
        }
        return seen;
    }
}
