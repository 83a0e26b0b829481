package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quittance.endtoend.purchase.Purchase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * G5: no event of Stripe's, of whatever version and however odd, is refused or stops anything. Real events are kept outside
 * of this repository; {@code -Dquittance.corpus} says where.
 */
@ExtendWith(StoryStack.Started.class)
class CorpusStory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SERVICES =
            List.of("webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service");

    @Test
    void everyEventOfTheCorpusIsTakenAndNothingIsStuckAfterwards(StoryStack stack) throws Exception {
        // Given
        String corpus = System.getProperty("quittance.corpus", "");
        assumeTrue(!corpus.isBlank(), "no corpus is given");
        List<Path> files = events(Path.of(corpus));
        assertThat(files).isNotEmpty();
        Map<String, Long> processes = processes(stack);

        // When
        Map<String, Integer> refused = new TreeMap<>();
        for (Path file : files) {
            int status =
                    stack.webhook().post(Files.readAllBytes(file), Map.of()).statusCode();
            if (status / 100 != 2) {
                refused.put(file.toString(), status);
            }
        }
        stack.broker().awaitNothingUnread();

        // Then
        assertThat(refused).isEmpty();
        Purchase purchase = new Purchase("aftercorpus");
        stack.shop().put(purchase.balanceTransaction());
        purchase.events().forEach(stack.webhook()::postUntilTaken);
        Effects effects = new Effects(stack);
        effects.awaitCounts(purchase.email(), Effects.Counts.each(1));
        stack.broker().awaitNothingUnread();
        effects.verify();
        assertThat(stack.broker().deadLetters()).isEmpty();
        assertThat(processes(stack)).isEqualTo(processes);
        System.out.println("CorpusStory: " + files.size() + " events, all answered 2xx");
    }

    /** Process ids: a service that fell over and was started again would hide what an event did. */
    private static Map<String, Long> processes(StoryStack stack) {
        Map<String, Long> ids = new TreeMap<>();
        SERVICES.forEach(name ->
                ids.put(name, stack.local().process(name).map(Process::pid).orElse(-1L)));
        return ids;
    }

    private static List<Path> events(Path corpus) throws IOException {
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(CorpusStory::isEvent)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isEvent(Path file) {
        try {
            JsonNode tree = JSON.readTree(file.toFile());
            return tree.path("object").asText().equals("event");
        } catch (IOException e) {
            return false;
        }
    }
}
