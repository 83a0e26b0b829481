package dev.quittance.endtoend.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.endtoend.purchase.Purchase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G1: what is delivered more than once has its effect once. */
@ExtendWith(StoryStack.Started.class)
class OneHundredAtOnceStory {
    private static final int TIMES = 100;

    @Test
    void oneEventPostedAHundredTimesAtOnceHasOneEffect(StoryStack stack) throws Exception {
        // Given
        Purchase purchase = new Purchase("hundred");
        Effects effects = new Effects(stack);
        stack.shop().put(purchase.balanceTransaction());
        purchase.events().stream()
                .filter(event -> !event.equals(purchase.event("checkout.session.completed")))
                .forEach(stack.webhook()::postUntilTaken);

        // When
        List<CompletableFuture<Integer>> answers = IntStream.range(0, TIMES)
                .mapToObj(_ -> stack.webhook().postAsync(purchase.event("checkout.session.completed")))
                .toList();

        // Then
        assertThat(answers).map(CompletableFuture::join).hasSize(TIMES).containsOnly(200);
        effects.awaitCounts(purchase.email(), Effects.Counts.each(1));
        stack.broker().awaitNothingUnread();
        effects.verify();
        assertThat(effects.counts(purchase.email())).isEqualTo(Effects.Counts.each(1));
        assertThat(told(stack, Topics.BILLING_EVENTS, purchase)).isEqualTo(1);
        assertThat(told(stack, Topics.VOUCHER_EVENTS, purchase)).isEqualTo(1);
    }

    private static long told(StoryStack stack, String topic, Purchase purchase) {
        return stack.broker()
                .records(
                        topic,
                        record -> new String(record.value(), UTF_8).contains("\"" + purchase.paymentIntent() + "\""))
                .size();
    }
}
