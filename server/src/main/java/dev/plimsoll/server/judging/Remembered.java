package dev.plimsoll.server.judging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What was used last, up to a bound. Safe for several threads.
final class Remembered<K, V> {

    private final long most;
    private final ToLongFunction<V> weight;
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    /// @param most of all weights together; what weighs more than that alone is not kept
    Remembered(long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized void put(K key, V value) {
        var before = values.put(key, value);
        total += weight.applyAsLong(value) - (before == null ? 0 : weight.applyAsLong(before));
        var oldest = values.entrySet().iterator();
        while (total > most && oldest.hasNext()) {
            total -= weight.applyAsLong(oldest.next().getValue());
            oldest.remove();
        }
    }
}
