package dev.plimsoll.inventory.analysis;

import java.util.Set;

/// How secrets are looked for.
///
/// @param without names of rules that do not count
/// @param mostBytes longest file that is looked into, in bytes
public record SecretSettings(Set<String> without, long mostBytes) {

    /// In bytes.
    public static final long DEFAULT_MOST_BYTES = 16L << 20;

    public SecretSettings {
        without = Set.copyOf(without);
    }

    public static SecretSettings defaults() {
        return new SecretSettings(Set.of(), DEFAULT_MOST_BYTES);
    }

    @Override
    public String toString() {
        return "without " + new java.util.TreeSet<>(without) + " most " + mostBytes;
    }
}
