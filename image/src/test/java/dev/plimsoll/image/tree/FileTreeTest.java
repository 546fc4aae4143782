package dev.plimsoll.image.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FileTreeTest {

    @Test
    void anUpperLayerReplacesAFile() throws ImageException {
        var tree = merge(layer(file("a", 1)), layer(file("a", 2)));

        assertThat(show(tree)).containsExactly("a FILE 2 layer1");
        assertThat(tree.visibleLayer("a")).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void aWhiteoutHidesWhatLiesInLowerLayersWhereverItStands() throws ImageException {
        var below = layer(directory("d"), file("d/old", 1), file("d/kept", 1));

        assertThat(show(merge(below, layer(whiteout("d/old"), file("d/new", 1)))))
                .containsExactly("d DIRECTORY 0 layer0", "d/kept FILE 1 layer0", "d/new FILE 1 layer1");
        assertThat(show(merge(below, layer(file("d/old", 2), whiteout("d/old")))))
                .containsExactly("d DIRECTORY 0 layer0", "d/kept FILE 1 layer0", "d/old FILE 2 layer1");
    }

    @Test
    void aWhiteoutOfADirectoryHidesAllOfIt() throws ImageException {
        var tree = merge(layer(file("d/e/f", 1), file("g", 1)), layer(whiteout("d")));

        assertThat(show(tree)).containsExactly("g FILE 1 layer0");
        assertThat(tree.visibleLayer("d/e/f")).isEmpty();
    }

    @Test
    void whatWasHiddenComesBackAlone() throws ImageException {
        var tree = merge(layer(file("d/a", 1), file("d/b", 1)), layer(whiteout("d")), layer(file("d/b", 3)));

        assertThat(show(tree)).containsExactly("d DIRECTORY 0 layer2", "d/b FILE 3 layer2");
    }

    @Test
    void anOpaqueDirectoryHidesLowerChildrenOnly() throws ImageException {
        var below = layer(directory("d"), file("d/old", 1), file("d/sub/x", 1));

        var tree = merge(below, layer(file("d/new", 2), opaque("d"), directory("d")));

        assertThat(show(tree)).containsExactly("d DIRECTORY 0 layer1", "d/new FILE 2 layer1");
    }

    @Test
    void anOpaqueRootHidesEverythingBelow() throws ImageException {
        assertThat(show(merge(layer(file("a", 1)), layer(opaque(""), file("b", 1)))))
                .containsExactly("b FILE 1 layer1");
    }

    @Test
    void aFileOverADirectoryRemovesWhatWasUnderIt() throws ImageException {
        var tree = merge(layer(file("d/e/f", 1)), layer(file("d", 5)), layer(directory("d")));

        assertThat(show(tree)).containsExactly("d DIRECTORY 0 layer2");
    }

    @Test
    void aDirectoryOverADirectoryKeepsWhatIsUnderIt() throws ImageException {
        var tree = merge(layer(directory("d"), file("d/a", 1)), layer(directory("d")));

        assertThat(show(tree)).containsExactly("d DIRECTORY 0 layer1", "d/a FILE 1 layer0");
    }

    @Test
    void aPathThroughALinkOfALowerLayerHidesTheLink() throws ImageException {
        var tree = merge(layer(link("lib", "usr/lib"), file("usr/lib/a", 1)), layer(file("lib/b", 2)));

        assertThat(show(tree))
                .containsExactly(
                        "lib DIRECTORY 0 layer1",
                        "lib/b FILE 2 layer1",
                        "usr DIRECTORY 0 layer0",
                        "usr/lib DIRECTORY 0 layer0",
                        "usr/lib/a FILE 1 layer0");
    }

    @Test
    void aPathThroughALinkOfItsOwnLayerLandsAtTheTarget() throws ImageException {
        var tree = merge(layer(link("lib", "../usr/lib"), file("lib/b", 2)));

        assertThat(show(tree))
                .containsExactly(
                        "lib SYMBOLIC_LINK 0 layer0",
                        "usr DIRECTORY 0 layer0",
                        "usr/lib DIRECTORY 0 layer0",
                        "usr/lib/b FILE 2 layer0");
        assertThat(tree.visibleLayer("lib/b")).isEqualTo(OptionalInt.of(0));
        assertThat(tree.get("lib/b")).isEmpty();
    }

    @Test
    void aFileIsNotVisibleThroughALinkThatAnotherLayerPutInItsWay() throws ImageException {
        var tree = merge(layer(file("a/f", 1), file("c/f", 1)), layer(link("a", "c")));

        assertThat(tree.visibleLayer("a/f")).isEmpty();
        assertThat(tree.visibleLayer("c/f")).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void aLoopOfLinksInTheWayBecomesADirectory() throws ImageException {
        var tree = merge(layer(link("a", "b"), link("b", "a"), file("a/f", 1)));

        assertThat(tree.visibleLayer("a/f")).isPresent();
    }

    @Test
    void ofOnePathTwiceInALayerTheLastCounts() throws ImageException {
        assertThat(show(merge(layer(file("a", 1), file("a", 2))))).containsExactly("a FILE 2 layer0");
    }

    @Test
    void aHardLinkHasWhatItsTargetHas() throws ImageException {
        var target = new LayerEntry("a", Kind.FILE, 04755, 7, 8, 99, "");
        var tree = merge(
                layer(
                        target,
                        new LayerEntry("b", Kind.HARD_LINK, 04755, 7, 8, 0, "a"),
                        new LayerEntry("c", Kind.HARD_LINK, 04755, 7, 8, 0, "b")),
                layer(whiteout("a")));

        assertThat(tree.get("a")).isEmpty();
        assertThat(tree.get("b")).contains(new FileTree.Entry("b", Kind.HARD_LINK, 04755, 7, 8, 99, 0, "a"));
        assertThat(tree.get("c")).contains(new FileTree.Entry("c", Kind.HARD_LINK, 04755, 7, 8, 99, 0, "a"));
    }

    @Test
    void aHardLinkGivesItsModeAndOwnerToItsFile() throws ImageException {
        var tree = merge(layer(file("a", 1), new LayerEntry("b", Kind.HARD_LINK, 04755, 7, 8, 0, "a")));

        assertThat(tree.get("a")).contains(new FileTree.Entry("a", Kind.FILE, 04755, 7, 8, 1, 0, ""));
        assertThat(tree.get("b")).contains(new FileTree.Entry("b", Kind.HARD_LINK, 04755, 7, 8, 1, 0, "a"));
    }

    @Test
    void aMarkerBringsItsDirectoryAndHidesWhatStandsInItsPlace() throws ImageException {
        var below = layer(directory("e"), file("e/y", 1), link("d", "e"), file("f", 1));

        assertThat(show(merge(below, layer(whiteout("d/y"), whiteout("f/x"), whiteout("n/x"), opaque("o")))))
                .containsExactly(
                        "d DIRECTORY 0 layer1",
                        "e DIRECTORY 0 layer0",
                        "e/y FILE 1 layer0",
                        "f DIRECTORY 0 layer1",
                        "n DIRECTORY 0 layer1",
                        "o DIRECTORY 0 layer1");
    }

    @Test
    void aMarkerThroughALinkOfItsOwnLayerHidesWhatTheLinkLeadsTo() throws ImageException {
        var below = layer(directory("d"), file("d/x", 1), file("d/y", 1));
        var link = link("l", "d");

        assertThat(show(merge(below, layer(link, whiteout("l/x")))))
                .containsExactly("d DIRECTORY 0 layer0", "d/y FILE 1 layer0", "l SYMBOLIC_LINK 0 layer1");
        assertThat(show(merge(below, layer(link, file("l/new", 1), opaque("l")))))
                .containsExactly("d DIRECTORY 0 layer0", "d/new FILE 1 layer1", "l SYMBOLIC_LINK 0 layer1");
    }

    @Test
    void aHardLinkMayStandBeforeItsTargetOrHaveNone() throws ImageException {
        var tree = merge(layer(hardLink("early", "a"), file("a", 5), hardLink("lost", "nowhere")));

        assertThat(show(tree))
                .containsExactly("a FILE 5 layer0", "early HARD_LINK 5 layer0", "lost HARD_LINK 0 layer0");
    }

    @Test
    void resolvesLinksInsideTheImageOnly() throws ImageException {
        var tree = merge(layer(
                file("usr/lib/x", 1),
                link("lib", "usr/lib"),
                link("abs", "/lib/x"),
                link("out", "../../../../usr/lib/./x"),
                link("loop", "loop"),
                link("ping", "pong"),
                link("pong", "ping"),
                link("dangling", "nothing")));

        assertThat(tree.resolve("lib/x")).contains("usr/lib/x");
        assertThat(tree.resolve("abs")).contains("usr/lib/x");
        assertThat(tree.resolve("/out")).contains("usr/lib/x");
        assertThat(tree.resolve("")).contains("");
        assertThat(tree.resolve("lib/../lib")).contains("usr/lib");
        assertThat(List.of("loop", "ping", "dangling", "nothing", "usr/lib/x/y"))
                .allSatisfy(path -> assertThat(tree.resolve(path)).isEmpty());
    }

    @Test
    void fortyLinksAreFollowedAndOneMoreIsNot() throws ImageException {
        List<LayerEntry> entries = new ArrayList<>(List.of(file("l0", 1)));
        for (var i = 1; i <= 41; i++) {
            entries.add(link("l" + i, "l" + (i - 1)));
        }
        var tree = merge(layer(entries.toArray(LayerEntry[]::new)));

        assertThat(tree.resolve("l40")).contains("l0");
        assertThat(tree.resolve("l41")).isEmpty();
    }

    @Test
    void entriesComeInTheOrderOfTheirPaths() throws ImageException {
        var paths = new TreeSet<>(List.of("a", "a/b", "a/b/c", "a-b", "a.b", "a.b/x", "a0", "b", "ä", "a/b.c", "a/b0"));
        var shuffled = new ArrayList<>(paths);
        Collections.shuffle(shuffled, new Random(1));
        var entries = shuffled.stream()
                .map(path -> paths.higher(path + "/") != null
                                && paths.higher(path + "/").startsWith(path + "/")
                        ? directory(path)
                        : file(path, 1))
                .toArray(LayerEntry[]::new);

        List<String> walked = new ArrayList<>();
        merge(layer(entries)).forEach(entry -> walked.add(entry.path()));

        assertThat(walked).containsExactlyElementsOf(paths);
    }

    /// Against a merge that is written with nothing but a sorted map.
    @Test
    void mergesRandomLayersAsAPlainMapDoes() throws ImageException {
        var random = new Random(42);
        for (var round = 0; round < 300; round++) {
            List<LayerListing> layers = new ArrayList<>();
            var expected = new TreeMap<String, String>();
            for (var layer = 0; layer < 4; layer++) {
                List<LayerEntry> entries = new ArrayList<>();
                for (var i = 0; i < 12; i++) {
                    entries.add(randomEntry(random));
                }
                layers.add(layer(entries.toArray(LayerEntry[]::new)));
                applyPlainly(entries, layer, expected);
            }
            List<String> merged = new ArrayList<>();
            FileTree.merge(layers, bounds(TreeBuilder.MAX_STEPS))
                    .forEach(entry -> merged.add(entry.path() + " " + entry.kind() + " " + entry.layer()));
            List<String> plain = new ArrayList<>();
            expected.forEach((path, what) -> plain.add(path + " " + what));

            assertThat(merged).as("round %d", round).isEqualTo(plain);
        }
    }

    private static LayerEntry randomEntry(Random random) {
        var path = new StringBuilder().append("abc".charAt(random.nextInt(3)));
        for (var depth = random.nextInt(3); depth > 0; depth--) {
            path.append('/').append("abc".charAt(random.nextInt(3)));
        }
        return switch (random.nextInt(6)) {
            case 0 -> whiteout(path.toString());
            case 1 -> opaque(path.toString());
            case 2, 3 -> directory(path.toString());
            default -> file(path.toString(), 1);
        };
    }

    /// The directories above, made where they are missing; the path itself too where it ends with a slash.
    private static void above(String path, int layer, TreeMap<String, String> tree) {
        for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            var above = path.substring(0, slash);
            if (!tree.getOrDefault(above, "").startsWith("DIRECTORY")) {
                tree.put(above, "DIRECTORY " + layer);
            }
        }
    }

    private static void applyPlainly(List<LayerEntry> entries, int layer, TreeMap<String, String> tree) {
        for (var entry : entries) {
            if (entry.kind() == Kind.WHITEOUT) {
                tree.keySet().removeIf(path -> path.equals(entry.path()) || path.startsWith(entry.path() + "/"));
            } else if (entry.kind() == Kind.OPAQUE) {
                tree.keySet().removeIf(path -> path.startsWith(entry.path() + "/"));
            }
        }
        for (var entry : entries) {
            above(entry.kind() == Kind.OPAQUE ? entry.path() + "/" : entry.path(), layer, tree);
            if (entry.kind() != Kind.FILE && entry.kind() != Kind.DIRECTORY) {
                continue;
            }
            if (entry.kind() == Kind.FILE) {
                tree.keySet().removeIf(path -> path.startsWith(entry.path() + "/"));
            }
            tree.put(entry.path(), entry.kind() + " " + layer);
        }
    }

    @Test
    void namesMadeToMeetUnderOneHashAreSpread() {
        var nodes = new Nodes(0x2545f4914f6cdd1dL, 1_000_000);
        var slots = new TreeSet<Integer>();
        var hashes = new TreeSet<Integer>();
        for (var i = 0; i < 1024; i++) {
            var name = Integer.toBinaryString(1024 + i).replace("0", "Aa").replace("1", "BB");
            hashes.add(name.hashCode());
            slots.add(nodes.slot(Nodes.ROOT, TreeBuilder.bytes(name)));
        }

        assertThat(hashes).hasSize(1);
        assertThat(slots).hasSizeGreaterThan(800);
    }

    @Test
    void noNameMeetsAnotherForEverySeed() {
        var together = 0;
        for (var seed = 0L; seed < 1000; seed++) {
            var nodes = new Nodes(seed * 0x9e3779b97f4a7c15L, 1_000_000);
            together += nodes.slot(Nodes.ROOT, new byte[] {1}) == nodes.slot(Nodes.ROOT, new byte[] {1, 0}) ? 1 : 0;
            together += nodes.slot(Nodes.ROOT, new byte[7]) == nodes.slot(Nodes.ROOT, new byte[8]) ? 1 : 0;
            together += nodes.slot(1, new byte[] {1}) == nodes.slot(2, new byte[] {1}) ? 1 : 0;
        }

        assertThat(together).isLessThan(20);
    }

    @Test
    void linksThatPutThousandsOfNamesInTheWayAreNotFollowed() throws ImageException {
        var tree = merge(layer(
                directory("t"),
                file("t/f", 1),
                link("short", "./t/../".repeat(511) + "t"),
                link("long", "./t/../".repeat(512) + "t"),
                file("short/x", 2),
                file("long/y", 3)));

        assertThat(tree.resolve("short/f")).contains("t/f");
        assertThat(tree.resolve("t/x")).contains("t/x");
        assertThat(tree.resolve("long/y")).contains("long/y");
    }

    @Test
    void theStepsOfAMergeAreLimitedOnBothSides() throws ImageException {
        var below = layer(file("a/b/c", 1), file("a/b2/c", 1));
        var hardLink = layer(hardLink("h", "a/b/c"));

        assertThat(FileTree.merge(List.of(below, hardLink), bounds(7))).hasSize(6);
        for (var steps : new long[] {3, 6}) {
            assertThatThrownBy(() -> FileTree.merge(List.of(below, hardLink), bounds(steps)))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("more than " + steps + " names");
        }
    }

    @Test
    void twoMillionEntriesStayWithinTheirMemory() throws ImageException {
        var collector = new LayerListing.Collector();
        long bytes = 0;
        for (var i = 0; i < 2_000_000; i++) {
            bytes = collector.add(file("srv/data/part-" + i / 1000 + "/file-" + i + ".txt", i));
        }
        var tree = FileTree.merge(List.of(collector.finish()), bounds(TreeBuilder.MAX_STEPS));

        assertThat(bytes).isLessThan(64L << 20);
        assertThat(tree.get("srv/data/part-1999/file-1999999.txt"))
                .map(FileTree.Entry::size)
                .contains(1_999_999L);
    }

    @Test
    void aListingGivesBackWhatItTook() {
        var entries = List.of(
                new LayerEntry("a/b/c", Kind.FILE, 07777, Long.MAX_VALUE, -1, 1L << 50, ""),
                new LayerEntry("a/b/ü".repeat(700), Kind.SYMBOLIC_LINK, 0777, 0, 0, 0, "x".repeat(4000)),
                new LayerEntry("a", Kind.DIRECTORY, 0755, 1, 2, 0, ""),
                new LayerEntry("", Kind.OPAQUE, 0, 0, 0, 0, ""));
        var collector = new LayerListing.Collector();
        for (var i = 0; i < 100; i++) {
            entries.forEach(collector::add);
        }
        List<LayerEntry> walked = new ArrayList<>();
        collector.finish().forEach(walked::add);

        assertThat(walked).hasSize(400);
        assertThat(walked.subList(396, 400)).isEqualTo(entries);
    }

    private static TreeBuilder.Bounds bounds(long steps) {
        return new TreeBuilder.Bounds(3_000_000, steps, Deadline.after(Duration.ofMinutes(5)));
    }

    private static FileTree merge(LayerListing... layers) throws ImageException {
        return FileTree.merge(List.of(layers), bounds(TreeBuilder.MAX_STEPS));
    }

    private static LayerListing layer(LayerEntry... entries) {
        var collector = new LayerListing.Collector();
        for (var entry : entries) {
            collector.add(entry);
        }
        return collector.finish();
    }

    private static List<String> show(FileTree tree) {
        List<String> shown = new ArrayList<>();
        tree.forEach(
                entry -> shown.add(entry.path() + " " + entry.kind() + " " + entry.size() + " layer" + entry.layer()));
        return shown;
    }

    private static LayerEntry file(String path, long size) {
        return new LayerEntry(path, Kind.FILE, 0644, 0, 0, size, "");
    }

    private static LayerEntry directory(String path) {
        return new LayerEntry(path, Kind.DIRECTORY, 0755, 0, 0, 0, "");
    }

    private static LayerEntry link(String path, String target) {
        return new LayerEntry(path, Kind.SYMBOLIC_LINK, 0777, 0, 0, 0, target);
    }

    private static LayerEntry hardLink(String path, String target) {
        return new LayerEntry(path, Kind.HARD_LINK, 0644, 0, 0, 0, target);
    }

    private static LayerEntry whiteout(String path) {
        return new LayerEntry(path, Kind.WHITEOUT, 0, 0, 0, 0, "");
    }

    private static LayerEntry opaque(String path) {
        return new LayerEntry(path, Kind.OPAQUE, 0, 0, 0, 0, "");
    }
}
