package dev.plimsoll.image.tree;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.ReadOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Which layer brought what to a path, and which one took it away: not only what a container sees, but what lies
/// beneath it.
public final class PathHistory {

    private final List<Visit> visits = new ArrayList<>();

    private PathHistory() {}

    /// What became of an entry.
    public enum Fate {
        /// A container sees it.
        VISIBLE,
        /// A higher layer, or a later entry of the same one, put something else there.
        REPLACED,
        /// A higher layer took it away: by a whiteout, an opaque marker, or something other than a directory above it.
        REMOVED
    }

    /// An entry of a layer.
    ///
    /// @param layer that brought it, from 0
    /// @param by the layer that ended it, from 0; its own where it is visible
    public record Event(LayerEntry entry, int layer, Fate fate, int by) {}

    /// The events at a path and beneath it, by layer and then in the order of its tar.
    ///
    /// @param path normal form without leading slash; empty for all
    /// @param layers lowest first
    /// @throws ImageException when the layers name more files than the limit, or the time is over
    public static List<Event> of(String path, List<LayerListing> layers, ReadOptions options) throws ImageException {
        var deadline = Deadline.after(options.timeout());
        var builder = new TreeBuilder(
                new SecureRandom().nextLong(),
                new TreeBuilder.Bounds(options.limits().work().files(), TreeBuilder.MAX_STEPS, deadline));
        var history = new PathHistory();
        for (var layer = 0; layer < layers.size(); layer++) {
            builder.apply(layers.get(layer), layer);
            history.end(builder.nodes(), layer, deadline);
            history.begin(path, layers.get(layer), builder.nodes(), layer);
        }
        return history.visits.stream()
                .map(visit -> new Event(visit.entry, visit.layer, visit.fate, visit.by))
                .toList();
    }

    private void begin(String path, LayerListing listing, Nodes nodes, int layer) {
        List<Visit> own = new ArrayList<>();
        for (var entry : listing) {
            if (entry.kind() != Kind.WHITEOUT && entry.kind() != Kind.OPAQUE && isBeneath(path, entry.path())) {
                own.add(new Visit(entry, layer));
            }
        }
        for (var visit : own) {
            visit.look(nodes, layer);
        }
        visits.addAll(own);
    }

    private void end(Nodes nodes, int layer, Deadline deadline) throws ImageException {
        for (var visit : visits) {
            deadline.check("following the files through the layers");
            if (visit.fate == Fate.VISIBLE) {
                visit.look(nodes, layer);
            }
        }
    }

    private static boolean isBeneath(String path, String other) {
        return path.isEmpty()
                || (other.startsWith(path) && (other.length() == path.length() || other.charAt(path.length()) == '/'));
    }

    private static final class Visit {

        private final LayerEntry entry;
        private final int layer;
        private Fate fate = Fate.VISIBLE;
        private int by;

        Visit(LayerEntry entry, int layer) {
            this.entry = entry;
            this.layer = layer;
            this.by = layer;
        }

        /// Looks whether it is still there after a layer.
        void look(Nodes nodes, int after) {
            var node = new TreeWalk(nodes, TreeWalk.ANY_LAYER).find(entry.path(), false);
            if (node == Nodes.NONE) {
                fate = Fate.REMOVED;
                by = after;
            } else if (nodes.layer(node) != layer || !isOfItsKind(nodes, node)) {
                fate = Fate.REPLACED;
                by = after;
            }
        }

        /// Of two entries of one layer at one path the last counts; a hard link that stands for a file has its size.
        private boolean isOfItsKind(Nodes nodes, int node) {
            return nodes.kind(node) == entry.kind() && (entry.kind() != Kind.FILE || nodes.size(node) == entry.size());
        }
    }
}
