package dev.plimsoll.matching;

import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.versions.VersionInterval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A record that speaks of a package, and what comparing gave.
record Hit(Search search, PackageAdvisory record, Outcome outcome) {

    /// What comparing gave.
    sealed interface Outcome {

        /// The version has it.
        record Affected(String range) implements Outcome {}

        /// The source says that the package never had it.
        record NotAffected() implements Outcome {}

        /// The version lies outside.
        record Outside() implements Outcome {}

        /// The record does not mean this package.
        record Inapplicable(String reason) implements Outcome {}

        /// Versions cannot be compared.
        record CannotJudge(String reason) implements Outcome {}
    }

    /// A record as one look-up sees it: it may stand there with several entries, one for each branch.
    private record Entry(Search search, String record, String feed) {}

    private Entry entry() {
        return new Entry(search, record.advisory().id(), record.advisory().feed());
    }

    /// The intervals of entries that the version lies outside of, by what they are entries of.
    static final class OtherBranches {

        private final Map<Entry, List<VersionInterval>> intervals = new HashMap<>();

        OtherBranches(List<Hit> hits) {
            for (var hit : hits) {
                if (hit.outcome() instanceof Outcome.Outside) {
                    intervals
                            .computeIfAbsent(hit.entry(), _ -> new ArrayList<>())
                            .addAll(hit.record().affected().affected());
                }
            }
        }
    }

    MatchReason reason(OtherBranches others) {
        var range = outcome instanceof Outcome.Affected affected ? affected.range() : "";
        var affected = record.affected().affected();
        var branches = others.intervals.get(entry());
        if (branches != null) {
            affected = new ArrayList<>(affected);
            affected.addAll(branches);
        }
        return new MatchReason(
                search.ecosystem(),
                search.name(),
                search.version(),
                search.indirect(),
                range,
                affected,
                record.advisory().id(),
                record.advisory().feed());
    }
}
