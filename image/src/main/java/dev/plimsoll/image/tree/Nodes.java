package dev.plimsoll.image.tree;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerEntry.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The nodes of a tree as columns of numbers, found by parent and name: fifty to eighty bytes for each, name
/// included, where objects would take hundreds.
///
/// A node that was removed stays in the table, so that it can come back, but is absent to everybody.
final class Nodes {

    static final int ROOT = 0;
    static final int NONE = -1;

    private static final List<Kind> KINDS = List.of(Kind.values());
    /// As the next sibling of what no directory lists.
    private static final int UNLINKED = -2;
    private static final int ABSENT = 0xff;
    private static final int MODE_BITS = 12;
    private static final long PRIME = (1L << 61) - 1;

    private final NamePool names = new NamePool();
    private final IntColumn parent = new IntColumn();
    private final IntColumn name = new IntColumn();
    private final IntColumn kindAndMode = new IntColumn();
    private final IntColumn layer = new IntColumn();
    private final LongColumn userId = new LongColumn();
    private final LongColumn groupId = new LongColumn();
    private final LongColumn size = new LongColumn();
    /// Position of a link's target plus one; 0 for what is no link.
    private final IntColumn link = new IntColumn();
    /// Position of the capabilities plus one; 0 where there are none.
    private final IntColumn capabilities = new IntColumn();
    private final IntColumn firstChild = new IntColumn();
    private final IntColumn nextSibling = new IntColumn();
    private int count;
    /// Open addressing with steps of one; holds node + 1.
    private int[] table = new int[1 << 12];
    private final long point;
    private final int mostNodes;

    /// @param seed unknown to the author of an image; nothing that is read from here depends on it
    /// @param mostNodes removed ones included
    Nodes(long seed, int mostNodes) {
        this.mostNodes = mostNodes;
        point = Math.floorMod(seed, PRIME - 2) + 2;
        append(NONE, new byte[0]);
        set(ROOT, Kind.DIRECTORY, 0755, 0, 0, 0, 0);
    }

    private int append(int under, byte[] text) {
        parent.add(under);
        name.add(names.add(text));
        kindAndMode.add(ABSENT << MODE_BITS);
        layer.add(0);
        userId.add(0);
        groupId.add(0);
        size.add(0);
        link.add(0);
        capabilities.add(0);
        firstChild.add(NONE);
        nextSibling.add(UNLINKED);
        return count++;
    }

    /// The child of that name, present or removed; {@link #NONE} where there never was one.
    int find(int under, byte[] text) {
        for (var slot = slot(under, text); ; slot = (slot + 1) & (table.length - 1)) {
            var node = table[slot] - 1;
            if (node == NONE) {
                return NONE;
            }
            if (parent.get(node) == under && names.isEqual(name.get(node), text)) {
                return node;
            }
        }
    }

    /// The child of that name, present or not yet.
    int findOrAdd(int under, byte[] text) throws ImageException {
        var node = find(under, text);
        if (node == NONE) {
            if (count >= mostNodes) {
                throw new ImageException(
                        ImageException.Kind.UNREADABLE,
                        "the layers together name more files than the limit of " + mostNodes + " (--max-files)");
            }
            node = append(under, text);
            if (count > table.length / 2) {
                grow();
            }
            put(node, text);
        }
        if (nextSibling.get(node) == UNLINKED) {
            nextSibling.set(node, firstChild.get(under));
            firstChild.set(under, node);
        }
        return node;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (var node = 1; node < count - 1; node++) {
            put(node, names.bytes(name.get(node)));
        }
    }

    private void put(int node, byte[] text) {
        var slot = slot(parent.get(node), text);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = node + 1;
    }

    /// A polynomial over the name, seven bytes a step, at a point that an image's author cannot know: names that were
    /// made to meet under one hash would make every look-up a walk through the whole table.
    ///
    /// Source: Carter and Wegman, "Universal Classes of Hash Functions", modulo the prime 2^61 - 1.
    int slot(int under, byte[] text) {
        var hash = step(under + 1L, text.length);
        for (var at = 0; at < text.length; at += 7) {
            var piece = 0L;
            for (var i = at; i < Math.min(at + 7, text.length); i++) {
                piece = (piece << 8) | (text[i] & 0xff);
            }
            hash = step(hash, piece);
        }
        return (int) ((hash * 0x9e3779b97f4a7c15L) >>> 32) & (table.length - 1);
    }

    private long step(long hash, long piece) {
        var low = hash * point;
        var high = Math.multiplyHigh(hash, point);
        var sum = (low & PRIME) + ((low >>> 61) | (high << 3)) + piece;
        return (sum & PRIME) + (sum >>> 61);
    }

    void set(int node, Kind kind, int mode, long user, long group, long bytes, int inLayer) {
        kindAndMode.set(node, (KINDS.indexOf(kind) << MODE_BITS) | (mode & 07777));
        userId.set(node, user);
        groupId.set(node, group);
        size.set(node, bytes);
        layer.set(node, inLayer);
        link.set(node, 0);
        capabilities.set(node, 0);
    }

    void setAttributes(int node, int mode, long user, long group) {
        kindAndMode.set(node, (kindAndMode.get(node) & ~07777) | (mode & 07777));
        userId.set(node, user);
        groupId.set(node, group);
    }

    void setLink(int node, String target) {
        link.set(node, names.add(target.getBytes(StandardCharsets.UTF_8)) + 1);
    }

    /// Takes what lies under a node away; the node stays.
    void removeChildren(int top) {
        // down to the leaves and up again, without a stack: trees may be as deep as paths are long
        var node = top;
        while (true) {
            var child = firstChild.get(node);
            if (child != NONE) {
                firstChild.set(node, nextSibling.get(child));
                nextSibling.set(child, UNLINKED);
                kindAndMode.set(child, ABSENT << MODE_BITS);
                node = child;
            } else if (node == top) {
                return;
            } else {
                node = parent.get(node);
            }
        }
    }

    /// Takes a node and what lies under it away.
    void remove(int node) {
        removeChildren(node);
        kindAndMode.set(node, ABSENT << MODE_BITS);
    }

    boolean isPresent(int node) {
        return node != NONE && kindAndMode.get(node) >>> MODE_BITS != ABSENT;
    }

    Kind kind(int node) {
        return KINDS.get(kindAndMode.get(node) >>> MODE_BITS);
    }

    int mode(int node) {
        return kindAndMode.get(node) & 07777;
    }

    int layer(int node) {
        return layer.get(node);
    }

    long userId(int node) {
        return userId.get(node);
    }

    long groupId(int node) {
        return groupId.get(node);
    }

    long size(int node) {
        return size.get(node);
    }

    String link(int node) {
        return text(link.get(node));
    }

    void setCapabilities(int node, String text) {
        capabilities.set(node, text.isEmpty() ? 0 : names.add(text.getBytes(StandardCharsets.UTF_8)) + 1);
    }

    String capabilities(int node) {
        return text(capabilities.get(node));
    }

    private String text(int positionPlusOne) {
        return positionPlusOne == 0 ? "" : names.get(positionPlusOne - 1);
    }

    int parent(int node) {
        return parent.get(node);
    }

    String name(int node) {
        return names.get(name.get(node));
    }

    /// How many nodes there are or were.
    int count() {
        return count;
    }

    int firstChild(int node) {
        return firstChild.get(node);
    }

    int nextSibling(int node) {
        return nextSibling.get(node);
    }

    /// A byte of a node's name, -1 behind its end.
    int nameByte(int node, int index) {
        return names.byteAt(name.get(node), index);
    }
}
