package dev.plimsoll.server.advisories;

import java.time.Instant;
import java.util.Optional;

/// A revision of the advisory data: one file, and what became of it.
///
/// @param object the file's digest in the object store
/// @param content digest of all that is in the file
/// @param builtAt when the data was put together, as the file says
/// @param origin `upload`, or the place that is polled
/// @param reason why it is held or refused
/// @param decidedBy who released or refused it
/// @param activeFrom since when it was the one that counts, and until when
/// @param records packages in advisories, counted
/// @param summary JSON: what it changed
public record Revision(
        long id,
        String object,
        String content,
        Instant builtAt,
        Instant importedAt,
        String origin,
        State state,
        Optional<String> reason,
        Optional<String> decidedBy,
        Optional<Instant> activeFrom,
        Optional<Instant> activeTo,
        long records,
        Optional<String> summary) {

    /// What became of it.
    public enum State {
        /// It is compared, and what it changes is computed.
        CHECKING,
        /// It failed a check: somebody must release or refuse it.
        HELD,
        /// It is the one that counts.
        ACTIVE,
        RETIRED,
        REFUSED;

        /// As the table and the API write it.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }
}
