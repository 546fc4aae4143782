package dev.plimsoll.image.tree;

import dev.plimsoll.image.LayerEntry.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Looks a path up, following symbolic links inside the image only: absolute ones start at its root, `..` stops
/// there.
final class TreeWalk {

    /// For links of every layer.
    static final int ANY_LAYER = -1;

    private final Nodes nodes;
    private final int linksOfLayer;
    private int steps;

    /// @param linksOfLayer whose links are followed, or {@link #ANY_LAYER}
    TreeWalk(Nodes nodes, int linksOfLayer) {
        this.nodes = nodes;
        this.linksOfLayer = linksOfLayer;
    }

    /// The names of a path; empty ones and `.` say nothing.
    static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (var from = 0; from < path.length(); ) {
            var slash = path.indexOf('/', from);
            var to = slash < 0 ? path.length() : slash;
            var part = path.substring(from, to);
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
            from = to + 1;
        }
        return parts;
    }

    /// How many names were looked up so far.
    int steps() {
        return steps;
    }

    /// The node, or {@link Nodes#NONE} where there is none, or where more than {@value TreeBuilder#MAX_LINKS} links,
    /// or more than {@value TreeBuilder#MAX_LINKED_NAMES} names in links, lead to it.
    ///
    /// @param followLast whether a link at the end of the path is followed too
    int find(String path, boolean followLast) {
        Deque<String> pending = new ArrayDeque<>(parts(path));
        var node = Nodes.ROOT;
        var links = 0;
        var linkedNames = 0;
        while (!pending.isEmpty()) {
            steps++;
            var part = pending.pollFirst();
            if (part.equals("..")) {
                node = Math.max(nodes.parent(node), Nodes.ROOT);
                continue;
            }
            var child = nodes.find(node, TreeBuilder.bytes(part));
            if (!nodes.isPresent(child)) {
                return Nodes.NONE;
            }
            if (nodes.kind(child) == Kind.SYMBOLIC_LINK && (followLast || !pending.isEmpty())) {
                if (++links > TreeBuilder.MAX_LINKS
                        || (linksOfLayer != ANY_LAYER && nodes.layer(child) != linksOfLayer)) {
                    return Nodes.NONE;
                }
                var target = nodes.link(child);
                var parts = parts(target);
                linkedNames += parts.size();
                if (target.isEmpty() || linkedNames > TreeBuilder.MAX_LINKED_NAMES) {
                    return Nodes.NONE;
                }
                node = target.startsWith("/") ? Nodes.ROOT : node;
                TreeBuilder.push(pending, parts);
                continue;
            }
            if (!pending.isEmpty() && nodes.kind(child) != Kind.DIRECTORY) {
                return Nodes.NONE;
            }
            node = child;
        }
        return node;
    }
}
