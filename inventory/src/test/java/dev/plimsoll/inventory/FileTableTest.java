package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.FileEntry.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileTableTest {

    /// Names with a shared front, signs of every length, and halves of surrogate pairs, which no tar and some JSON has.
    private static final List<String> NAMES = List.of(
            "usr", "usr.d", "usr-", "lib", "a", "ä", "\u20ac", "\ud83d\ude00", "\uffff", "\ud83d", "x".repeat(300));

    private static FileEntry entry(String path, Random random) {
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        return new FileEntry(
                path,
                kind,
                random.nextInt(010000),
                random.nextBoolean() ? 0 : random.nextLong(),
                random.nextBoolean() ? 0 : random.nextInt(70_000),
                random.nextBoolean() ? random.nextInt(1000) : Long.MAX_VALUE,
                random.nextInt(1000),
                kind == Kind.SYMBOLIC_LINK ? "../\u20ac" + random.nextInt() : "",
                switch (random.nextInt(4)) {
                    case 0 -> Optional.of("0f".repeat(32));
                    case 1 -> Optional.of("no digest \ud83d");
                    default -> Optional.empty();
                },
                random.nextInt(8) == 0 ? Optional.of("cap_net_raw+ep") : Optional.empty());
    }

    private static List<FileEntry> entries(int count, Random random) {
        var entries = new ArrayList<FileEntry>();
        for (var i = 0; i < count; i++) {
            var path = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
            for (var depth = random.nextInt(4); depth > 0; depth--) {
                path.append('/').append(NAMES.get(random.nextInt(NAMES.size()))).append(random.nextInt(40));
            }
            entries.add(entry(path.toString(), random));
        }
        return entries;
    }

    private static FileTable table(List<FileEntry> entries, long memoryBytes) {
        var builder = FileTable.builder(memoryBytes);
        entries.forEach(builder::add);
        return builder.build();
    }

    private static void isTheSame(List<FileEntry> entries, FileTable table) {
        var expected = new TreeMap<String, FileEntry>();
        entries.forEach(entry -> expected.put(entry.path(), entry));

        assertThat(table).containsExactlyElementsOf(expected.values());
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach((path, entry) -> {
            assertThat(table.get(path)).contains(entry);
            if (!expected.containsKey(path + "!")) {
                assertThat(table.get(path + "!")).isEmpty();
            }
        });
        assertThat(table.get("")).isEmpty();
        assertThat(table.get("\uffff\uffff")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16, 17, 31, 32, 33, 1000, 20_000})
    void isAPlainSortedListInEverythingButItsSize(int count) {
        var entries = entries(count, new Random(count));

        isTheSame(entries, table(entries, FileTable.DEFAULT_MEMORY_BYTES));
        isTheSame(entries, table(entries, 0));
        isTheSame(entries, table(entries, 100_000));
        Collections.sort(entries, (one, other) -> one.path().compareTo(other.path()));
        isTheSame(entries, table(entries, 100_000));
        Collections.reverse(entries);
        isTheSame(entries, table(entries, 100_000));
    }

    @Test
    void ofSeveralEntriesAtOnePathTheLastCounts() {
        var random = new Random(1);
        var entries = new ArrayList<FileEntry>();
        for (var i = 0; i < 3 * FileTableBuilder.LATE; i++) {
            entries.add(entry(i % 7 == 0 ? "a" : "b" + i % 50, random));
        }

        isTheSame(entries, FileTable.of(entries));
    }

    @Test
    void takesLessThan64BytesForAnEntry() {
        var builder = FileTable.builder(0);
        var digests = new Random(3);
        for (var i = 0; i < 200_000; i++) {
            var digest = new byte[32];
            digests.nextBytes(digest);
            builder.add(new FileEntry(
                    String.format("usr/lib/node_modules/package-%04d/dist/module-%03d.js", i / 100, i % 100),
                    Kind.FILE,
                    0644,
                    1000,
                    1000,
                    digests.nextInt(100_000),
                    3,
                    "",
                    Optional.of(java.util.HexFormat.of().formatHex(digest))));
        }

        assertThat(((CompactFileTable) builder.build()).bytes()).isLessThan(64 * 200_000L);
    }

    @Test
    void severalThreadsMayReadIt() throws Exception {
        var entries = entries(20_000, new Random(5));
        var table = table(entries, 100_000);
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(4)) {
            var readings = new ArrayList<java.util.concurrent.Future<?>>();
            for (var i = 0; i < 4; i++) {
                readings.add(threads.submit(() -> isTheSame(entries, table)));
            }
            for (var reading : readings) {
                reading.get();
            }
        }
    }
}
