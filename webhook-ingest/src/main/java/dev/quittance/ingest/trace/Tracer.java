package dev.quittance.ingest.trace;

import dev.quittance.contracts.topic.Topic;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.trace.Traced.Question;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Follows events through the slices. A slice that does not answer is named, and what the others say is told all the same. */
@Singleton
public final class Tracer {
    private static final Logger LOG = Logger.getLogger(Tracer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String OURS = "";

    private final SliceStore slices;
    private final OwnStore own;

    Tracer(SliceStore slices, OwnStore own) {
        this.slices = slices;
        this.own = own;
    }

    /** What the slices and the dead letters say of some events. */
    private record Words(List<SliceWord> words, List<LetterWord> letters) {
        List<SliceWord> of(Question event) {
            return words.stream()
                    .filter(word ->
                            word.eventId().equals(event.id()) && word.account().equals(event.account()))
                    .toList();
        }

        List<LetterWord> lettersOf(Question event) {
            return letters.stream()
                    .filter(letter -> letter.eventId().equals(event.id()))
                    .toList();
        }
    }

    public Uni<Trace> follow(List<Traced> events) {
        Set<String> unanswered = ConcurrentHashMap.newKeySet();
        List<Question> ids = events.stream().map(Traced::question).toList();
        List<Question> keys = Traced.keysOf(events);
        return Uni.combine()
                .all()
                .unis(
                        words(ids, unanswered),
                        own.repeats(names(ids)),
                        orNone(Topics.BILLING, slices.entries(ids), unanswered),
                        effects(keys, unanswered))
                .asTuple()
                .map(found -> {
                    List<String> answered = answered(unanswered);
                    Map<Question, Trace.Told> told = new HashMap<>();
                    for (Traced event : events) {
                        told.put(
                                event.question(),
                                told(event, found.getItem1(), found.getItem2(), found.getItem3(), answered));
                    }
                    return new Trace(told, found.getItem4().apply(new TreeSet<>(unanswered)));
                });
    }

    private static Trace.Told told(
            Traced event,
            Words words,
            List<OwnStore.RepeatOf> repeats,
            List<SliceStore.EntryOf> entries,
            List<String> answered) {
        Question id = event.question();
        List<Trace.Repeat> again = repeats.stream()
                .filter(repeat -> repeat.event().equals(id))
                .map(OwnStore.RepeatOf::repeat)
                .toList();
        // What is set aside has one reader, the log.
        List<String> readers = event.isSetAside() ? List.of() : readers(Topics.STRIPE_EVENTS);
        int same = Math.toIntExact(again.stream().filter(Trace.Repeat::sameBody).count());
        return new Trace.Told(
                OutcomeRules.outcomes(readers, words.of(id), words.lettersOf(id), answered, same),
                again,
                entries.stream()
                        .filter(entry -> entry.event().equals(id))
                        .map(SliceStore.EntryOf::entry)
                        .toList());
    }

    private Uni<java.util.function.Function<Set<String>, Trace.Effects>> effects(
            List<Question> keys, Set<String> unanswered) {
        return orNone(Topics.BILLING, slices.purchases(keys), unanswered).chain(purchases -> {
            List<Question> anchors = Stream.concat(
                            keys.stream(),
                            purchases.stream()
                                    .map(purchase -> new Question(
                                            purchase.key().account(),
                                            purchase.purchase().anchor())))
                    .distinct()
                    .toList();
            List<Question> news = purchases.stream()
                    .map(purchase -> new Question(OURS, purchase.toldEvent()))
                    .distinct()
                    .toList();
            Uni<List<Trace.Voucher>> vouchers = orNone(Topics.VOUCHER, slices.vouchers(anchors), unanswered)
                    .memoize()
                    .indefinitely();
            Uni<List<Trace.ExpiryChange>> moves = vouchers.chain(found -> orNone(
                    Topics.PROVISIONING,
                    slices.expiryChanges(
                            found.stream()
                                    .map(Trace.Voucher::id)
                                    .map(UUID::fromString)
                                    .toList(),
                            names(anchors)),
                    unanswered));
            return Uni.combine()
                    .all()
                    .unis(vouchers, moves, words(news, unanswered))
                    .asTuple()
                    .map(found -> silent -> new Trace.Effects(
                            told(purchases, found.getItem3(), answered(unanswered)),
                            found.getItem1(),
                            found.getItem2(),
                            List.copyOf(silent)));
        });
    }

    private static List<Trace.Purchase> told(
            List<SliceStore.PurchaseOf> purchases, Words words, List<String> answered) {
        Map<String, Trace.Purchase> once = new java.util.LinkedHashMap<>();
        List<String> readers = readers(Topics.BILLING_EVENTS).stream()
                .filter(reader -> !reader.equals(Topics.BILLING))
                .toList();
        for (SliceStore.PurchaseOf purchase : purchases) {
            Question news = new Question(OURS, purchase.toldEvent());
            once.put(
                    purchase.purchase().anchor(),
                    purchase.purchase()
                            .withTold(OutcomeRules.outcomes(
                                    readers, words.of(news), words.lettersOf(news), answered, 0)));
        }
        return List.copyOf(once.values());
    }

    private Uni<Words> words(List<Question> events, Set<String> unanswered) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(new Words(List.of(), List.of()));
        }
        List<Uni<List<SliceWord>>> asked = SliceStore.SCHEMAS.keySet().stream()
                .map(service -> orNone(service, slices.outcomes(service, events), unanswered))
                .toList();
        return Uni.combine()
                .all()
                .unis(Uni.join().all(asked).andFailFast(), own.letters(names(events)))
                .with((words, letters) -> {
                    List<SliceWord> all = new ArrayList<>();
                    words.forEach(all::addAll);
                    return new Words(all, letters);
                });
    }

    private static <T> Uni<List<T>> orNone(String service, Uni<List<T>> asked, Set<String> unanswered) {
        return asked.ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> {
                    unanswered.add(service);
                    LOG.debugf(
                            "outcome=slice-unanswered errorCode=%s",
                            failure.getClass().getSimpleName());
                })
                .onFailure()
                .recoverWithItem(() -> List.of());
    }

    private static List<String> answered(Set<String> unanswered) {
        return SliceStore.SCHEMAS.keySet().stream()
                .filter(service -> !unanswered.contains(service))
                .toList();
    }

    private static List<String> readers(String topic) {
        return Topics.all().stream()
                .filter(each -> each.name().equals(topic))
                .map(Topic::groups)
                .flatMap(List::stream)
                .filter(SliceStore.SCHEMAS::containsKey)
                .toList();
    }

    private static Set<String> names(List<Question> questions) {
        return questions.stream().map(Question::id).collect(Collectors.toSet());
    }
}
