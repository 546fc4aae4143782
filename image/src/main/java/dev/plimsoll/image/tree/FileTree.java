package dev.plimsoll.image.tree;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import dev.plimsoll.image.ReadOptions;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a container sees: all layers of an image laid upon each other. Immutable, so safe for threads.
///
/// Source: OCI Image Specification, "Image Layer Filesystem Changeset", and overlayfs as containerd and Docker use
/// it, which unpack each layer into an empty folder. So a path `a/b` where `a` is a symbolic link of a lower layer
/// hides that link behind a directory, and is not written through it.
public final class FileTree implements Iterable<FileTree.Entry> {

    private final Nodes nodes;

    private FileTree(Nodes nodes) {
        this.nodes = nodes;
    }

    /// Merges layers, lowest first, within the limits and the time of a reading.
    public static FileTree merge(List<LayerListing> layers, ReadOptions options) throws ImageException {
        return merge(layers, options.limits().work().files(), Deadline.after(options.timeout()));
    }

    /// Merges layers, lowest first.
    ///
    /// @param maxFiles limit of files in all layers (`--max-files`)
    /// @throws ImageException when they name more files, or the time is over
    public static FileTree merge(List<LayerListing> layers, int maxFiles, Deadline deadline) throws ImageException {
        return merge(layers, new TreeBuilder.Bounds(maxFiles, TreeBuilder.MAX_STEPS, deadline));
    }

    static FileTree merge(List<LayerListing> layers, TreeBuilder.Bounds bounds) throws ImageException {
        // random, so that nobody can make names that meet in a table; what is read from the tree does not depend on it
        var builder = new TreeBuilder(new SecureRandom().nextLong(), bounds);
        for (var layer = 0; layer < layers.size(); layer++) {
            builder.apply(layers.get(layer), layer);
        }
        return new FileTree(builder.nodes());
    }

    /// All entries but the root, sorted by the bytes of their paths.
    @Override
    public Iterator<Entry> iterator() {
        return new SortedEntries(nodes);
    }

    /// The entry at a path; no link is followed, not even in the middle.
    ///
    /// @param path normal form without leading slash
    public Optional<Entry> get(String path) {
        var node = Nodes.ROOT;
        for (var part : TreeWalk.parts(path)) {
            node = nodes.find(node, TreeBuilder.bytes(part));
            if (!nodes.isPresent(node)) {
                return Optional.empty();
            }
        }
        return node == Nodes.ROOT ? Optional.empty() : Optional.of(entry(nodes, node, path));
    }

    /// The path at which the thing really lies when all symbolic links are followed, inside the image only:
    /// absolute links start at its root, `..` stops there. Empty where there is nothing, or where more than 40
    /// links lead to it. The root is the empty path.
    public Optional<String> resolve(String path) {
        var node = new TreeWalk(nodes, TreeWalk.ANY_LAYER).find(path, true);
        return node == Nodes.NONE ? Optional.empty() : Optional.of(path(node));
    }

    /// Which layer's file is visible at a path that some layer's tar lists; empty where nothing is, or no file.
    /// Links in the middle are followed where the file's own layer brought them, because it was unpacked through
    /// them.
    public OptionalInt visibleLayer(String path) {
        var node = new TreeWalk(nodes, TreeWalk.ANY_LAYER).find(path, false);
        if (node == Nodes.NONE || (nodes.kind(node) != Kind.FILE && nodes.kind(node) != Kind.HARD_LINK)) {
            return OptionalInt.empty();
        }
        var layer = nodes.layer(node);
        var byOwnLinks = new TreeWalk(nodes, layer).find(path, false);
        return byOwnLinks == node ? OptionalInt.of(layer) : OptionalInt.empty();
    }

    private String path(int node) {
        var path = new StringBuilder();
        for (var at = node; at != Nodes.ROOT; at = nodes.parent(at)) {
            path.insert(0, nodes.name(at)).insert(0, '/');
        }
        return path.isEmpty() ? "" : path.substring(1);
    }

    static Entry entry(Nodes nodes, int node, String path) {
        return new Entry(
                path,
                nodes.kind(node),
                nodes.mode(node),
                nodes.userId(node),
                nodes.groupId(node),
                nodes.size(node),
                nodes.layer(node),
                nodes.link(node),
                nodes.capabilities(node));
    }

    /// One thing in the tree.
    ///
    /// @param kind never a whiteout or an opaque marker. A hard link is what the tar called one: the name of a file
    ///     that (also) has another name; it has its file's mode, owner and size.
    /// @param mode `07777` at most; 0755 for a directory that no layer lists
    /// @param layer that brought it, from 0; for a directory the last that lists it
    /// @param linkTarget of a symbolic link as it stands; of a hard link the path of the file, which may have been
    ///     hidden since; empty for what is no link
    /// @param capabilities as {@link dev.plimsoll.image.FileCapabilities} writes them; empty where there are none
    public record Entry(
            String path,
            Kind kind,
            int mode,
            long userId,
            long groupId,
            long size,
            int layer,
            String linkTarget,
            String capabilities) {

        /// Without capabilities.
        public Entry(
                String path, Kind kind, int mode, long userId, long groupId, long size, int layer, String linkTarget) {
            this(path, kind, mode, userId, groupId, size, layer, linkTarget, "");
        }
    }
}
