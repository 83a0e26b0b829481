package dev.quittance.endtoend.story;

import java.util.ArrayList;
import java.util.List;

/** Every order of some things. */
final class Permutations {
    private Permutations() {}

    static <T> List<List<T>> of(List<T> things) {
        if (things.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (int first = 0; first < things.size(); first++) {
            List<T> rest = new ArrayList<>(things);
            T head = rest.remove(first);
            for (List<T> order : of(rest)) {
                List<T> whole = new ArrayList<>();
                whole.add(head);
                whole.addAll(order);
                all.add(whole);
            }
        }
        return all;
    }
}
