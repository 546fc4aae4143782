package dev.plimsoll.inventory;

import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import java.io.IOException;

/// Sees the content of files while they pass by, beside the analyzers and whatever those read of it: digests, secrets,
/// searches, a virus scanner. Stateless: one instance serves all threads; what belongs to a file is its
/// {@link Observation}.
public interface ContentObserver {

    AnalyzerId id();

    /// Whether it wants to see the content of a regular file.
    ///
    /// @param path without the leading slash
    /// @param size 0 for a hard link too: what was found in the file that it names counts for it
    boolean observes(String path, int mode, long size);

    /// A file begins.
    ///
    /// @param facts what was found goes there, until the observation has ended
    Observation begin(String path, int mode, long size, FactSink facts) throws IOException;

    /// One file that passes by. Used by one thread.
    interface Observation {

        /// Its next bytes; the array belongs to the caller and changes afterwards.
        void bytes(byte[] buffer, int offset, int length) throws IOException;

        /// All of it has passed.
        void end() throws IOException;

        /// Nothing more comes, whether or not it has ended; closes what it holds.
        default void close() {}
    }
}
