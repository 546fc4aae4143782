package dev.plimsoll.image.tree;

import dev.plimsoll.image.Deadline;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.LayerListing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Lays layers upon each other, as overlayfs shows them when a container engine has unpacked each into a folder of
/// its own.
final class TreeBuilder {

    /// Of symbolic links on the way to a file; Linux has the same limit.
    static final int MAX_LINKS = 40;
    /// Of names that links put into the way to one file. A target may be thousands of names long and links may follow
    /// each other, so that few entries would make millions of steps.
    static final int MAX_LINKED_NAMES = 1024;

    /// As the size of a hard link whose target has not come yet.
    private static final long UNRESOLVED = -1;

    /// Of names that are looked up on the way to the directories of all entries together: seven seconds' work. Three
    /// million files, ten folders deep and in the worst order, need less than half.
    static final long MAX_STEPS = 1L << 26;

    private static final int STEPS_BETWEEN_CHECKS = 1 << 16;

    private final Nodes nodes;
    private final Bounds bounds;
    private long steps;
    private String lastDirectory = "";
    private int lastDirectoryNode = Nodes.ROOT;
    /// Whether the way to the last directory led through a link of the layer itself.
    private boolean lastThroughLink;

    private boolean unresolved;

    TreeBuilder(long seed, Bounds bounds) {
        this.nodes = new Nodes(seed, bounds.files);
        this.bounds = bounds;
    }

    /// How large a merge may become.
    ///
    /// @param files most nodes of the tree, removed ones included
    /// @param steps most names that are looked up
    record Bounds(int files, long steps, Deadline deadline) {}

    Nodes nodes() {
        return nodes;
    }

    void apply(LayerListing listing, int layer) throws ImageException {
        lastDirectory = "";
        lastDirectoryNode = Nodes.ROOT;
        lastThroughLink = false;
        unresolved = false;
        // markers hide what lies beneath the layer, wherever in its tar they stand: so they go first
        if (listing.hasMarkers()) {
            for (var entry : listing) {
                hide(entry);
            }
        }
        for (var entry : listing) {
            add(entry, layer);
        }
        if (unresolved) {
            for (var entry : listing) {
                resolveLate(entry, layer);
            }
        }
    }

    private void hide(LayerEntry entry) throws ImageException {
        if (entry.kind() == Kind.WHITEOUT) {
            var node = existing(entry.path());
            if (node != Nodes.NONE) {
                nodes.remove(node);
            }
        } else if (entry.kind() == Kind.OPAQUE) {
            var node = existing(entry.path());
            if (node != Nodes.NONE) {
                nodes.removeChildren(node);
            }
        }
    }

    private void add(LayerEntry entry, int layer) throws ImageException {
        if (entry.kind() == Kind.OPAQUE) {
            var marked = directory(entry.path(), layer);
            if (lastThroughLink) {
                removeLower(marked, layer);
            }
            return;
        }
        var slash = entry.path().lastIndexOf('/');
        var under = directory(slash < 0 ? "" : entry.path().substring(0, slash), layer);
        if (entry.kind() == Kind.WHITEOUT) {
            // an engine needs its directory to put it there, and makes one
            if (lastThroughLink) {
                var hidden = nodes.find(under, bytes(entry.path().substring(slash + 1)));
                if (nodes.isPresent(hidden) && nodes.layer(hidden) != layer) {
                    nodes.remove(hidden);
                }
            }
            return;
        }
        var node = nodes.findOrAdd(under, bytes(entry.path().substring(slash + 1)));
        if (entry.kind() == Kind.HARD_LINK) {
            addHardLink(entry, node, layer);
            return;
        }
        if (nodes.isPresent(node) && entry.kind() != Kind.DIRECTORY) {
            nodes.removeChildren(node);
        }
        nodes.set(node, entry.kind(), entry.mode(), entry.userId(), entry.groupId(), entry.size(), layer);
        if (entry.kind() == Kind.SYMBOLIC_LINK) {
            nodes.setLink(node, entry.linkTarget());
        }
        nodes.setCapabilities(node, entry.capabilities());
    }

    /// Takes away what lower layers put under a directory. What lies in a directory that a lower layer made goes too.
    private void removeLower(int directory, int layer) throws ImageException {
        for (var child = nodes.firstChild(directory); child != Nodes.NONE; ) {
            count(1);
            var next = nodes.nextSibling(child);
            if (nodes.isPresent(child) && nodes.layer(child) != layer) {
                nodes.remove(child);
            }
            child = next;
        }
    }

    private void addHardLink(LayerEntry entry, int node, int layer) throws ImageException {
        var target = target(entry, layer);
        if (target == node) {
            return;
        }
        if (nodes.isPresent(node)) {
            nodes.removeChildren(node);
        }
        if (target != Nodes.NONE) {
            link(node, target, entry, layer);
        } else {
            unresolved = true;
            nodes.set(node, Kind.HARD_LINK, entry.mode(), entry.userId(), entry.groupId(), UNRESOLVED, layer);
            nodes.setLink(node, entry.linkTarget());
        }
    }

    /// A link may stand before its target in the tar, though no engine would unpack that. Without a target it
    /// stays, empty.
    private void resolveLate(LayerEntry entry, int layer) throws ImageException {
        if (entry.kind() != Kind.HARD_LINK) {
            return;
        }
        var node = existing(entry.path());
        if (node == Nodes.NONE || nodes.kind(node) != Kind.HARD_LINK || nodes.size(node) != UNRESOLVED) {
            return;
        }
        var target = target(entry, layer);
        if (target != Nodes.NONE && nodes.size(target) != UNRESOLVED) {
            link(node, target, entry, layer);
        } else {
            nodes.set(node, Kind.HARD_LINK, entry.mode(), entry.userId(), entry.groupId(), 0, layer);
            nodes.setLink(node, entry.linkTarget());
        }
    }

    private int target(LayerEntry entry, int layer) throws ImageException {
        var walk = new TreeWalk(nodes, layer);
        var node = walk.find(entry.linkTarget(), false);
        count(walk.steps());
        return node == Nodes.NONE || nodes.kind(node) == Kind.DIRECTORY ? Nodes.NONE : node;
    }

    /// Makes a node another name of a target: what it is, and what it holds, is the target's. Engines give the mode and
    /// the owner of the link's own header to the file, under both names.
    private void link(int node, int target, LayerEntry entry, int layer) {
        var kind = nodes.kind(target) == Kind.FILE ? Kind.HARD_LINK : nodes.kind(target);
        var text = kind == Kind.HARD_LINK && nodes.kind(target) == Kind.FILE ? entry.linkTarget() : nodes.link(target);
        nodes.set(node, kind, entry.mode(), entry.userId(), entry.groupId(), nodes.size(target), layer);
        if (nodes.kind(target) != Kind.SYMBOLIC_LINK) {
            nodes.setAttributes(target, entry.mode(), entry.userId(), entry.groupId());
        }
        if (!text.isEmpty()) {
            nodes.setLink(node, text);
        }
        // whether the link's header carries them too depends on the writer; the file has them under both names
        var capabilities = entry.capabilities().isEmpty() ? nodes.capabilities(target) : entry.capabilities();
        nodes.setCapabilities(node, capabilities);
        if (nodes.kind(target) == Kind.FILE) {
            nodes.setCapabilities(target, capabilities);
        }
    }

    /// The node at a path, no link followed.
    private int existing(String path) throws ImageException {
        var node = Nodes.ROOT;
        for (var part : TreeWalk.parts(path)) {
            count(1);
            node = nodes.find(node, bytes(part));
            if (!nodes.isPresent(node)) {
                return Nodes.NONE;
            }
        }
        return node;
    }

    /// The directory of a path, made where it is missing.
    ///
    /// A symbolic link of the same layer is followed: that is where an engine unpacks to. One of a lower layer is
    /// not there when the layer is unpacked, so a directory comes into being that hides the link; so does one in
    /// the place of a file.
    private int directory(String path, int layer) throws ImageException {
        if (path.equals(lastDirectory)
                && nodes.isPresent(lastDirectoryNode)
                && nodes.kind(lastDirectoryNode) == Kind.DIRECTORY) {
            return lastDirectoryNode;
        }
        Deque<String> pending = new ArrayDeque<>(TreeWalk.parts(path));
        var node = Nodes.ROOT;
        var links = 0;
        var linkedNames = 0;
        while (!pending.isEmpty()) {
            count(1);
            var part = pending.pollFirst();
            if (part.equals("..")) {
                node = Math.max(nodes.parent(node), Nodes.ROOT);
                continue;
            }
            var child = nodes.findOrAdd(node, bytes(part));
            if (nodes.isPresent(child)) {
                var ownLink = nodes.kind(child) == Kind.SYMBOLIC_LINK && nodes.layer(child) == layer;
                if (ownLink && ++links <= MAX_LINKS) {
                    var target = nodes.link(child);
                    var parts = TreeWalk.parts(target);
                    linkedNames += parts.size();
                    if (linkedNames <= MAX_LINKED_NAMES) {
                        node = target.startsWith("/") ? Nodes.ROOT : node;
                        push(pending, parts);
                        continue;
                    }
                }
                if (nodes.kind(child) != Kind.DIRECTORY) {
                    nodes.set(child, Kind.DIRECTORY, 0755, 0, 0, 0, layer);
                }
            } else {
                nodes.set(child, Kind.DIRECTORY, 0755, 0, 0, 0, layer);
            }
            node = child;
        }
        lastDirectory = path;
        lastDirectoryNode = node;
        lastThroughLink = links > 0;
        return node;
    }

    private void count(int more) throws ImageException {
        var before = steps / STEPS_BETWEEN_CHECKS;
        steps += more;
        if (steps > bounds.steps) {
            throw new ImageException(
                    ImageException.Kind.UNREADABLE,
                    "the paths in all layers together lead through more than " + bounds.steps + " names");
        }
        if (steps / STEPS_BETWEEN_CHECKS != before) {
            bounds.deadline.check("merging the layers");
        }
    }

    static void push(Deque<String> pending, List<String> parts) {
        for (var part : parts.reversed()) {
            pending.addFirst(part);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
