package dev.quittance.ingest.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one outcome a service of what its slice and the dead letters say. An inbox claims what it reads before it parks it, and an
 * event may die after it was parked: so the letter that waits for a person comes first, then what waits, then what was done.
 */
final class OutcomeRules {
    private static final String IGNORED = "ignored:";
    private static final String PARKED = "parked";
    private static final String CONFLICT = "conflict";
    private static final String APPLIED = "applied";

    private OutcomeRules() {}

    /**
     * @param readers the services that read the event's topic, in the order in which they are told
     * @param words of this event, from every slice that answered
     * @param answered the services whose slice answered
     * @param repeats how often the event came again
     */
    static List<Outcome> outcomes(
            List<String> readers, List<SliceWord> words, List<LetterWord> letters, List<String> answered, int repeats) {
        List<Outcome> outcomes = new ArrayList<>();
        for (String service : readers) {
            List<SliceWord> own = words.stream()
                    .filter(word -> word.service().equals(service))
                    .toList();
            Optional<Outcome> standing = standing(
                    own,
                    letters.stream()
                            .filter(letter -> letter.service().equals(service))
                            .toList());
            standing.ifPresent(outcomes::add);
            if (standing.isEmpty() && answered.contains(service)) {
                outcomes.add(Outcome.pending(service));
            }
            if (repeats > 0 && own.stream().anyMatch(OutcomeRules::isClaimed)) {
                outcomes.add(Outcome.duplicate(service, repeats));
            }
            own.stream()
                    .filter(word -> word.outcome().equals(CONFLICT))
                    .findFirst()
                    .ifPresent(word -> outcomes.add(told(word, CONFLICT, null)));
        }
        return outcomes;
    }

    private static Optional<Outcome> standing(List<SliceWord> words, List<LetterWord> letters) {
        @Nullable
        LetterWord last = letters.stream()
                .max(Comparator.comparingLong(LetterWord::letter))
                .orElse(null);
        if (last != null && last.state().equals("open")) {
            return Optional.of(dead(last, "dead"));
        }
        Optional<SliceWord> parked =
                words.stream().filter(word -> word.outcome().equals(PARKED)).findFirst();
        if (parked.isPresent()) {
            return parked.map(word -> told(word, PARKED, word.reason()));
        }
        if (last != null && last.state().equals("discarded")) {
            return Optional.of(dead(last, "discarded"));
        }
        return words.stream().filter(OutcomeRules::isClaimed).findFirst().map(OutcomeRules::done);
    }

    private static boolean isClaimed(SliceWord word) {
        return word.outcome().equals(APPLIED) || word.outcome().startsWith(IGNORED);
    }

    private static Outcome done(SliceWord word) {
        return word.outcome().equals(APPLIED)
                ? told(word, APPLIED, null)
                : told(word, "ignored", word.outcome().substring(IGNORED.length()));
    }

    private static Outcome told(SliceWord word, String outcome, @Nullable String reason) {
        return new Outcome(word.service(), outcome, reason, word.waitsFor(), null, null, word.at());
    }

    private static Outcome dead(LetterWord letter, String outcome) {
        return new Outcome(letter.service(), outcome, letter.code(), null, null, letter.letter(), letter.at());
    }
}
