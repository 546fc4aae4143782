package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a conversion has to say; what it would say of many places it says once.
final class ConversionNotes {

    private record Note(String pointer, String message, int places) {}

    private final Map<String, Note> notes = new LinkedHashMap<>();

    void add(String pointer, String message) {
        notes.put(pointer + " " + message, new Note(pointer, message, 1));
    }

    /// @param kind places of one kind are told as one
    void count(String kind, String pointer, String message) {
        notes.merge(
                kind,
                new Note(pointer, message, 1),
                (first, _) -> new Note(first.pointer(), first.message(), first.places() + 1));
    }

    List<BundleProblem> problems() {
        var problems = new ArrayList<BundleProblem>();
        for (var note : notes.values()) {
            var more = note.places() - 1;
            problems.add(new BundleProblem(
                    Severity.WARNING,
                    note.pointer(),
                    note.message()
                            + (more == 0 ? "" : " (and " + more + (more == 1 ? " more place)" : " more places)"))));
        }
        return problems;
    }
}
