package dev.plimsoll.advisory.build;

import dev.plimsoll.advisory.feed.FeedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Sums up the files that a feed reads: paths and contents in the order of the paths. So an archive, the same archive
/// packed in another way, and the folder that it unpacks to have one digest.
final class DigestedFiles implements FeedFiles {

    private final FeedFiles files;
    private final Map<String, byte[]> digests = new TreeMap<>();

    DigestedFiles(FeedFiles files) {
        this.files = files;
    }

    @Override
    public void forEach(Predicate<String> wanted, Reader reader) throws IOException {
        files.forEach(wanted, (path, content) -> {
            digests.put(path, DatabaseWriter.sha256().digest(content));
            reader.file(path, content);
        });
    }

    /// `sha256:…` of all that was read so far.
    String digest() {
        var sum = DatabaseWriter.sha256();
        digests.forEach((path, digest) -> {
            sum.update(path.getBytes(StandardCharsets.UTF_8));
            sum.update((byte) 0);
            sum.update(digest);
        });
        return "sha256:" + HexFormat.of().formatHex(sum.digest());
    }

    boolean isEmpty() {
        return digests.isEmpty();
    }
}
