package dev.plimsoll.matching;

import dev.plimsoll.advisory.PackageAdvisory;

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

    MatchReason reason() {
        var range = outcome instanceof Outcome.Affected affected ? affected.range() : "";
        return new MatchReason(
                search.ecosystem(),
                search.name(),
                search.version(),
                search.indirect(),
                range,
                record.advisory().id(),
                record.advisory().feed());
    }
}
