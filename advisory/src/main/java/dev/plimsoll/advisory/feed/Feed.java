package dev.plimsoll.advisory.feed;

import java.io.IOException;

/// Reads the files of one publisher. Stateless.
///
/// Adding one is a class, its test and a line in `advisory.build.Feeds`.
public interface Feed {

    /// The name of its archive or folder, and of its records' `feed`: `alpine-secdb`.
    String name();

    /// Raise it whenever the same files would yield other records.
    int version();

    /// Reads all files and hands on what they say. A broken file or record becomes a problem of the sink; its
    /// neighbours stay.
    ///
    /// @throws IOException only when the files themselves cannot be read
    void read(FeedFiles files, FeedSink sink) throws IOException;
}
