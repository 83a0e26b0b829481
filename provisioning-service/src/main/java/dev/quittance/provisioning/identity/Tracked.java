package dev.quittance.provisioning.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values by key that know how they were loaded, so that only what changed is written. */
final class Tracked<K, V> {
    private final Map<K, V> before = new LinkedHashMap<>();
    private final Map<K, V> now = new LinkedHashMap<>();

    void load(K key, V value) {
        before.put(key, value);
        now.put(key, value);
    }

    @Nullable
    V get(K key) {
        return now.get(key);
    }

    void put(K key, V value) {
        now.put(key, value);
    }

    void remove(K key) {
        now.remove(key);
    }

    Collection<V> values() {
        return now.values();
    }

    /** What was not there before. */
    List<V> added() {
        List<V> added = new ArrayList<>();
        now.forEach((key, value) -> {
            if (!before.containsKey(key)) {
                added.add(value);
            }
        });
        return added;
    }

    /** What was there before and is another now. */
    List<V> changed() {
        List<V> changed = new ArrayList<>();
        now.forEach((key, value) -> {
            V loaded = before.get(key);
            if (loaded != null && !loaded.equals(value)) {
                changed.add(value);
            }
        });
        return changed;
    }

    /** What was there before and is gone now. */
    Set<K> removed() {
        Set<K> removed = new LinkedHashSet<>(before.keySet());
        removed.removeAll(now.keySet());
        return removed;
    }

    @Nullable
    V loaded(K key) {
        return before.get(key);
    }
}
