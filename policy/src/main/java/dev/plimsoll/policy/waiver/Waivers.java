package dev.plimsoll.policy.waiver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All waivers that are used together.
///
/// @param all in the order of the files
/// @param digests of each file's meaning, sorted
public record Waivers(List<Waiver> all, List<String> digests) {

    public static final Waivers NONE = new Waivers(List.of(), List.of());

    public Waivers {
        all = List.copyOf(all);
        digests = digests.stream().sorted().toList();
    }

    /// Of several files.
    ///
    /// @throws IllegalArgumentException where one has an error, or two waivers have one id
    public static Waivers of(List<WaiverReading> readings) {
        if (readings.stream().anyMatch(reading -> !reading.errors().isEmpty())
                || !secondIds(readings).isEmpty()) {
            throw new IllegalArgumentException("waivers with errors cannot be used");
        }
        return new Waivers(
                readings.stream().flatMap(reading -> reading.waivers().stream()).toList(),
                readings.stream().flatMap(reading -> reading.digest().stream()).toList());
    }

    /// What is wrong with ids that stand in two files, one sentence each.
    public static List<String> secondIds(List<WaiverReading> readings) {
        var sentences = new ArrayList<String>();
        Map<String, String> files = new HashMap<>();
        for (var reading : readings) {
            for (var waiver : reading.waivers()) {
                var first = files.putIfAbsent(waiver.id(), waiver.file());
                if (first != null && !first.equals(waiver.file())) {
                    sentences.add(waiver.file() + ": the waiver '" + waiver.id() + "' stands in " + first
                            + " too: give one of them another id");
                }
            }
        }
        return sentences;
    }

    public Optional<Waiver> named(String id) {
        return all.stream().filter(waiver -> waiver.id().equals(id)).findFirst();
    }
}
