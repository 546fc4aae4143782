package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.FileEntry.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What {@link FileEntryWriter} writes and {@link FileEntryReader} reads.
class FileEntryBytesTest {

    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private static FileEntry file(String path) {
        return new FileEntry(path, Kind.FILE, 0644, 0, 0, 1, 0, "", Optional.empty());
    }

    private static byte[] written(List<FileEntry> entries) {
        var writer = new FileEntryWriter();
        var out = new SpilledBytes.Writer(1 << 20);
        entries.forEach(writer::write);
        writer.flush(out);
        var bytes = out.finish();
        return bytes.read(0, (int) bytes.size());
    }

    private static List<FileEntry> read(byte[] bytes) {
        var reader = new FileEntryReader(bytes);
        var entries = new ArrayList<FileEntry>();
        while (reader.hasNext()) {
            reader.next();
            entries.add(reader.entry());
        }
        return entries;
    }

    @Test
    void everyAttributeComesBack() {
        var entries = List.of(
                new FileEntry("a", Kind.CHARACTER_DEVICE, 0, 0, 0, 0, 0, "", Optional.empty()),
                new FileEntry("a/b", Kind.SYMBOLIC_LINK, 0777, 1000, 50, 0, 1, "../\u20ac", Optional.empty()),
                new FileEntry("a/c", Kind.FILE, 07777, 4294967295L, 127, Long.MAX_VALUE, 300, "", Optional.of(SHA256)),
                new FileEntry("a/d", Kind.FILE, 0, 128, -1, 16_383, 0, "", Optional.of("A".repeat(64))),
                new FileEntry("a/e", Kind.FIFO, 1, 2, 3, 4, 5, "l", Optional.of(SHA256), Optional.of("cap_net_raw+ep")),
                new FileEntry("x\ud83d\ude00".repeat(400), Kind.BLOCK_DEVICE, 1, 2, 3, 4, 5, "", Optional.empty()));

        assertThat(read(written(entries))).isEqualTo(entries);
        assertThat(Kind.values()).as("three bits hold a kind").hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void attributesThatNobodyAsksForArePassedOver() {
        var all =
                new FileEntry("a", Kind.FILE, 1, 2, 300, 4, 5, "link", Optional.of(SHA256), Optional.of("cap_chown+i"));
        var other = new FileEntry("b", Kind.FILE, 1, 2, 3, 4, 5, "", Optional.of("no digest"));
        var reader = new FileEntryReader(written(List.of(all, other, file("c"))));

        reader.next();
        reader.next();
        assertThat(reader.compareTo("b".getBytes(StandardCharsets.UTF_8))).isZero();
        assertThat(reader.hasNext()).isTrue();
        reader.next();
        assertThat(reader.entry()).isEqualTo(file("c"));
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void pathsAreHeldAgainstOthersByTheirBytes() {
        var reader = new FileEntryReader(written(List.of(file("usr/lib"))));
        reader.next();

        assertThat(reader.compareTo("usr/lib".getBytes(StandardCharsets.UTF_8))).isZero();
        assertThat(reader.compareTo("usr/li".getBytes(StandardCharsets.UTF_8))).isPositive();
        assertThat(reader.compareTo("usr/lib/a".getBytes(StandardCharsets.UTF_8)))
                .isNegative();
        assertThat(reader.compareTo("usr/l\u00e4".getBytes(StandardCharsets.UTF_8)))
                .isNegative();
    }

    /// Two numbers of one byte, the rest of the path and five numbers of one byte each.
    @Test
    void aSharedFrontIsWrittenOnce() {
        var first = file("usr/share/doc/a");
        var alone = written(List.of(first)).length;

        assertThat(written(List.of(first, file("usr/share/doc/b"))).length - alone)
                .isEqualTo(3 + 1 + 6);
        var writer = new FileEntryWriter();
        var out = new SpilledBytes.Writer(1 << 20);
        writer.write(first);
        writer.restart();
        writer.write(first);
        writer.flush(out);
        assertThat(out.size()).as("after a restart paths stand whole").isEqualTo(2L * alone);
    }
}
