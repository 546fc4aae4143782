package dev.plimsoll.advisory.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.advisory.feed.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseBuilderTest {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    private Path folder;

    private DatabaseBuilder.Built build(String from, String out, Instant at) {
        return DatabaseBuilder.build(folder.resolve(from), folder.resolve(out), at, _ -> {});
    }

    private List<String> names() throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyFeedHasASmallExample() {
        var names = SmallFeeds.names().stream()
                .map(name -> name.replaceFirst("^slice-", ""))
                .toList();
        assertThat(Feeds.all()).extracting(Feed::name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void theSameFeedsGiveTheSameBytesHoweverTheyArePackedAndOrdered() throws IOException {
        SmallFeeds.folders(folder.resolve("folders"));
        SmallFeeds.archives(folder.resolve("archives"), false, ".tar.zst");
        SmallFeeds.archives(folder.resolve("reversed"), true, ".tar.gz");
        var built = build("folders", "a.db", AT);
        assertThat(built.feeds()).allMatch(report -> report.problemCount() == 0 && report.records() > 0);
        build("archives", "b.db", AT);
        build("reversed", "c.db", AT);
        var bytes = Files.readAllBytes(folder.resolve("a.db"));
        assertThat(Files.readAllBytes(folder.resolve("b.db"))).isEqualTo(bytes);
        assertThat(Files.readAllBytes(folder.resolve("c.db"))).isEqualTo(bytes);
    }

    @Test
    void anotherTimeChangesTheFileAndNotTheDigestOfTheRecords() throws IOException {
        SmallFeeds.folders(folder.resolve("feeds"));
        var first = build("feeds", "a.db", AT);
        var second = build("feeds", "b.db", AT.plusSeconds(1));
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(Files.readAllBytes(folder.resolve("b.db"))).isNotEqualTo(Files.readAllBytes(folder.resolve("a.db")));
        try (var database = AdvisoryDatabase.open(folder.resolve("b.db"))) {
            assertThat(database.builtAt()).contains(AT.plusSeconds(1));
            assertThat(database.digests()).containsExactly(first.digest());
            assertThat(database.metadata()).containsEntry("format", AdvisoryDatabase.FORMAT);
        }
    }

    @Test
    void aChangedRecordChangesTheDigestsOfItsPackageItsSourceAndTheWhole() throws Exception {
        SmallFeeds.folders(folder.resolve("feeds"));
        build("feeds", "a.db", AT);
        var file = folder.resolve("feeds/go-osv/data/osv/GO-2023-2102.json");
        Files.writeString(file, Files.readString(file).replace("0.17.0", "0.17.1"));
        build("feeds", "b.db", AT);
        try (var before = AdvisoryDatabase.open(folder.resolve("a.db"));
                var after = AdvisoryDatabase.open(folder.resolve("b.db"))) {
            assertThat(after.digests()).isNotEqualTo(before.digests());
            for (var source : before.sources()) {
                var same = after.sources().contains(source);
                assertThat(same).as(source.feed()).isEqualTo(!source.feed().equals("go-osv"));
            }
        }
        var changed = new ArrayList<>(DatabaseRows.of(folder.resolve("a.db"), "package_digests"));
        changed.removeAll(DatabaseRows.of(folder.resolve("b.db"), "package_digests"));
        assertThat(changed).hasSize(1).first().asString().startsWith("golang|golang.org/x/net|");
    }

    @Test
    void readsTheFoldersThatTheSlicesUnpackTo() throws IOException {
        SmallFeeds.folders(folder.resolve("feeds"));
        build("feeds", "a.db", AT);
        for (var name : SmallFeeds.names()) {
            if (name.startsWith("slice-")) {
                Files.move(folder.resolve("feeds/" + name), folder.resolve("feeds/" + name.substring(6)));
            }
        }
        Files.createDirectories(folder.resolve("feeds/schemas"));
        assertThat(build("feeds", "b.db", AT).unknown()).isEmpty();
        assertThat(Files.readAllBytes(folder.resolve("b.db"))).isEqualTo(Files.readAllBytes(folder.resolve("a.db")));
    }

    @Test
    void namesWhatNoFeedReads() throws IOException {
        SmallFeeds.archives(folder.resolve("feeds"), false, ".tar.gz");
        Files.writeString(folder.resolve("feeds/README.md"), "text");
        Files.write(folder.resolve("feeds/other.tar.zst"), new TarBytes().zstd());
        Files.write(folder.resolve("feeds/slice-schemas.tar.zst"), new TarBytes().zstd());
        Files.createDirectories(folder.resolve("feeds/more"));
        assertThat(build("feeds", "a.db", AT).unknown()).containsExactly("more", "other.tar.zst");
    }

    @Test
    void refusesAFeedThatIsThereTwice() throws IOException {
        SmallFeeds.folders(folder.resolve("feeds"));
        Files.write(folder.resolve("feeds/kev.tar.zst"), new TarBytes().zstd());
        assertThatThrownBy(() -> build("feeds", "a.db", AT))
                .isInstanceOf(AdvisoryException.class)
                .hasMessage("the feed kev is there twice, as kev and as kev.tar.zst in " + folder.resolve("feeds")
                        + ": leave one");
    }

    @Test
    void saysWhenAFeedHoldsNoneOfItsFiles() throws IOException {
        Files.createDirectories(folder.resolve("feeds/kev"));
        assertThat(build("feeds", "a.db", AT).feeds())
                .containsExactly(
                        new DatabaseBuilder.FeedReport("kev", 0, 1, List.of("kev: holds no file of the feed kev")));
    }

    @Test
    void saysWhenThereAreNoFeeds() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> build("none", "a.db", AT))
                .isInstanceOf(AdvisoryException.class)
                .hasMessage("there is no folder of feeds " + folder.resolve("none") + ": name one with --from");
        assertThatThrownBy(() -> build("file", "a.db", AT))
                .isInstanceOf(AdvisoryException.class)
                .hasMessage(folder.resolve("file") + " is no folder: name the folder of feeds with --from");
        assertThatThrownBy(() -> build("empty", "a.db", AT))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageStartingWith(
                        "there are no feeds in " + folder.resolve("empty") + "; known are almalinux-osv, ");
        assertThat(names()).containsExactly("empty", "file");
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        SmallFeeds.folders(folder.resolve("feeds"));
        assertThatThrownBy(() -> build("feeds", "feeds", AT))
                .hasMessage(folder.resolve("feeds") + " is a folder: name a file with --out");
        assertThatThrownBy(() -> build("feeds", "no/a.db", AT))
                .hasMessage("there is no folder " + folder.resolve("no")
                        + " to write a.db into (--out): make it, or name another");
    }

    @Test
    void anArchiveThatIsCutOffLeavesTheFormerFileAlone() throws IOException {
        SmallFeeds.archives(folder.resolve("feeds"), false, ".tar.zst");
        Files.writeString(folder.resolve("a.db"), "the former file");
        var archive = folder.resolve("feeds/kev.tar.zst");
        var bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> build("feeds", "a.db", AT))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageStartingWith("cannot build " + folder.resolve("a.db") + " from " + folder.resolve("feeds")
                        + ": kev.tar.zst cannot be read: ");
        assertThat(names()).as("no half file is left").containsExactly("a.db", "feeds");
        assertThat(Files.readString(folder.resolve("a.db"))).isEqualTo("the former file");
    }

    @Test
    void countsWhatItCouldNotRead() throws IOException {
        SmallFeeds.folders(folder.resolve("feeds"));
        for (int i = 0; i < 25; i++) {
            Files.writeString(folder.resolve("feeds/go-osv/data/osv/GO-2021-00" + (10 + i) + ".json"), "{");
        }
        var go = build("feeds", "a.db", AT).feeds().stream()
                .filter(report -> report.feed().equals("go-osv"))
                .findFirst()
                .orElseThrow();
        assertThat(go.records()).isEqualTo(2);
        assertThat(go.problemCount()).isEqualTo(25);
        assertThat(go.problems())
                .hasSize(DatabaseWriter.CountingSink.KEPT_PROBLEMS)
                .first()
                .asString()
                .startsWith("data/osv/GO-2021-0010.json: ");
        try (var database = AdvisoryDatabase.open(folder.resolve("a.db"))) {
            assertThat(database.sources())
                    .filteredOn(source -> source.feed().equals("go-osv"))
                    .allMatch(source -> source.problems() == 25 && source.records() == 2);
        }
    }
}
