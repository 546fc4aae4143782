package dev.plimsoll.advisory.feed;

import java.io.IOException;
import java.util.function.Predicate;

/// The files of a feed, from a folder or an archive.
public interface FeedFiles {

    /// Calls the reader for each file whose path is wanted. Files come in no promised order: the result may not depend
    /// on it.
    ///
    /// @param wanted path with `/`, relative to the feed's root folder (`data/osv/GO-2024-3228.json`)
    void forEach(Predicate<String> wanted, Reader reader) throws IOException;

    /// Takes one file.
    @FunctionalInterface
    interface Reader {
        void file(String path, byte[] content) throws IOException;
    }
}
