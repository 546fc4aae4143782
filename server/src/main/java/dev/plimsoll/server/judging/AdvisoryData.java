package dev.plimsoll.server.judging;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.database.CompositeAdvisorySource;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchMemory;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.matching.MatchResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The advisory data of revisions, as judging needs it. Which revision counts, and counted when, judging reads from the
/// store itself, so that two services never judge by two. Safe for several threads.
@FunctionalInterface
public interface AdvisoryData {

    /// The data of a revision. It stays usable as long as somebody holds it.
    ///
    /// @param at as of when what is known of exploitation counts, which may change under one revision; empty
    ///     for now
    /// @throws IOException where its file cannot be had
    Revision of(long revisionId, Optional<Instant> at) throws IOException;

    /// One state of the data. Safe for several threads.
    @FunctionalInterface
    interface Revision {

        /// Matches an image as {@link dev.plimsoll.matching.Matcher} does; what was found of a package before may be
        /// told again.
        MatchResult match(Inventory inventory);

        /// Of a source that stays the caller's to close.
        static Revision of(AdvisorySource source) {
            return new MatchMemory(source, MatchOptions.DEFAULT)::match;
        }

        /// No data at all: rules that need some say so.
        static Revision none() {
            return of(new CompositeAdvisorySource(List.of()));
        }
    }
}
