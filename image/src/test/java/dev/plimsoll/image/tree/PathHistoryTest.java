package dev.plimsoll.image.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PathHistoryTest {

    @Test
    void everyVersionOfAFileIsListedWithWhatEndedIt() throws IOException {
        var layers = List.of(
                layer(entry("d", Kind.DIRECTORY, 0), entry("d/a", Kind.FILE, 1)),
                layer(entry("d/a", Kind.FILE, 2)),
                layer(entry("d/a", Kind.WHITEOUT, 0)),
                layer(entry("d/a", Kind.FILE, 4)));

        assertThat(show(PathHistory.of("d/a", layers, ReadOptions.defaults())))
                .containsExactly(
                        "d/a 1 layer0 REPLACED by 1", "d/a 2 layer1 REMOVED by 2", "d/a 4 layer3 VISIBLE by 3");
    }

    @Test
    void whatLiesBeneathAPathIsListedAndItsNeighboursAreNot() throws IOException {
        var layers = List.of(
                layer(entry("d/a", Kind.FILE, 1), entry("da", Kind.FILE, 1)),
                layer(entry("d", Kind.OPAQUE, 0), entry("d/b", Kind.FILE, 2)),
                layer(entry("d", Kind.FILE, 3)));

        assertThat(show(PathHistory.of("d", layers, ReadOptions.defaults())))
                .containsExactly("d/a 1 layer0 REMOVED by 1", "d/b 2 layer1 REMOVED by 2", "d 3 layer2 VISIBLE by 2");
    }

    /// Whatever the layers do to each other: what the history calls visible is what the tree shows, and nothing else.
    @Test
    void visibleIsWhatTheMergedTreeShows() throws IOException {
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            List<LayerListing> layers = new ArrayList<>();
            for (var i = 0; i < 1 + random.nextInt(5); i++) {
                layers.add(randomLayer(random));
            }
            var tree = new TreeSet<String>();
            for (var entry : FileTree.merge(layers, ReadOptions.defaults())) {
                if (entry.kind() == Kind.FILE) {
                    tree.add(entry.path() + " layer" + entry.layer() + " " + entry.size());
                }
            }
            var visible = new TreeSet<String>();
            for (var event : PathHistory.of("", layers, ReadOptions.defaults())) {
                if (event.fate() == PathHistory.Fate.VISIBLE && event.entry().kind() == Kind.FILE) {
                    visible.add(event.entry().path() + " layer" + event.layer() + " "
                            + event.entry().size());
                }
            }
            assertThat(visible).as("seed " + seed).isEqualTo(tree);
        }
    }

    private static LayerListing randomLayer(Random random) {
        var names = List.of("a", "b", "a/a", "a/b", "b/a", "a/a/a");
        var kinds = List.of(Kind.FILE, Kind.FILE, Kind.DIRECTORY, Kind.WHITEOUT, Kind.OPAQUE);
        List<LayerEntry> entries = new ArrayList<>();
        for (var i = 0; i < random.nextInt(6); i++) {
            entries.add(entry(
                    names.get(random.nextInt(names.size())),
                    kinds.get(random.nextInt(kinds.size())),
                    random.nextInt(1_000_000)));
        }
        return layer(entries.toArray(LayerEntry[]::new));
    }

    private static List<String> show(List<PathHistory.Event> events) {
        return events.stream()
                .map(event -> event.entry().path() + " " + event.entry().size() + " layer" + event.layer() + " "
                        + event.fate() + " by " + event.by())
                .toList();
    }

    private static LayerEntry entry(String path, Kind kind, long size) {
        return new LayerEntry(path, kind, 0644, 0, 0, size, "");
    }

    private static LayerListing layer(LayerEntry... entries) {
        var collector = new LayerListing.Collector();
        for (var entry : entries) {
            collector.add(entry);
        }
        return collector.finish();
    }
}
