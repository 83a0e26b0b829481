package dev.quittance.provisioning.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** In which orders a few events may come. */
final class Orders {
    private Orders() {}

    static List<List<Integer>> permutations(int size) {
        List<List<Integer>> permutations = List.of(List.of());
        for (int next = 0; next < size; next++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> permutation : permutations) {
                for (int at = 0; at <= permutation.size(); at++) {
                    List<Integer> with = new ArrayList<>(permutation);
                    with.add(at, next);
                    longer.add(with);
                }
            }
            permutations = longer;
        }
        return permutations;
    }

    /** Each once more, at some place after its first. */
    static List<Integer> doubled(List<Integer> order, Random random) {
        List<Integer> doubled = new ArrayList<>(order);
        for (Integer event : order) {
            int first = doubled.indexOf(event);
            doubled.add(first + 1 + random.nextInt(doubled.size() - first), event);
        }
        return doubled;
    }
}
