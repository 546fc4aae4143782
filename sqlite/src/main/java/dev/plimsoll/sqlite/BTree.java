package dev.plimsoll.sqlite;

import dev.plimsoll.sqlite.SqliteFile.RowVisitor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Walks the two kinds of b-tree. Damage cannot make a walk endless: its depth, the pages that it visits and the
/// bytes that it hands out are bounded.
///
/// Source: sqlite.org, "Database File Format", section 1.5, "B-tree Pages".
final class BTree {

    private static final int INTERIOR_INDEX = 2;
    private static final int INTERIOR_TABLE = 5;
    private static final int LEAF_INDEX = 10;
    private static final int LEAF_TABLE = 13;

    /// SQLite's own bound (BTCURSOR_MAX_DEPTH).
    static final int MAX_DEPTH = 20;

    /// In bytes of one row, which is held in memory; SQLite allows a billion, the largest rows of known databases
    /// (headers of rpm) have some ten million.
    static final long MAX_PAYLOAD = 32L << 20;

    private final Pages pages;

    BTree(Pages pages) {
        this.pages = pages;
    }

    /// A walk serves one call: what it may read in all is bounded.
    Walk walk() {
        return new Walk();
    }

    private static int compare(Row row, List<Object> key) {
        for (int i = 0; i < key.size(); i++) {
            var order = row.compare(i, key.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static SqliteException tooDeep(long root) {
        return new SqliteException("the tree of page " + root + " is deeper than " + MAX_DEPTH + " pages");
    }

    /// One call's reading. A page that is visited more often than there are pages means that the tree has a loop;
    /// bytes handed out that are a multiple of what the file holds mean that records lie over each other.
    final class Walk {

        /// A row is read at most thrice: while its place is searched, when it is handed out, and where an index
        /// points at it.
        private static final int MOST_READINGS = 4;

        private long visited;
        private long handed;

        private Walk() {}

        /// Visits the rows of a table's tree in the order of their ids.
        void table(long root, int rowidColumn, RowVisitor visitor) {
            table(root, rowidColumn, visitor, 0);
        }

        /// Visits the rows of an index's tree that begin with these values.
        ///
        /// @param key an empty one fits every entry
        void index(long root, List<Object> key, RowVisitor visitor) {
            index(root, key, visitor, 0);
        }

        /// Visits the row of that id.
        ///
        /// @return whether there is one
        boolean row(long root, int rowidColumn, long rowid, RowVisitor visitor) {
            var number = root;
            for (int depth = 0; depth < MAX_DEPTH; depth++) {
                var page = new Page(number, this);
                if (page.kind == LEAF_TABLE) {
                    var place = page.placeOf(rowid, false);
                    if (place == page.cells || page.rowid(place, false) != rowid) {
                        return false;
                    }
                    visitor.row(page.tableRow(place, rowidColumn));
                    return true;
                }
                page.mustBe(INTERIOR_TABLE);
                number = page.child(page.placeOf(rowid, true));
            }
            throw tooDeep(root);
        }

        private void hand(long page, long bytes) {
            handed += bytes;
            if (handed > MOST_READINGS * pages.size()) {
                throw new SqliteException("page " + page + ": records lie over each other");
            }
        }

        private Page page(long number, int depth) {
            if (depth >= MAX_DEPTH) {
                throw tooDeep(number);
            }
            if (++visited > pages.count()) {
                throw new SqliteException("page " + number + ": the tree has a loop");
            }
            return new Page(number, this);
        }

        private boolean table(long number, int rowidColumn, RowVisitor visitor, int depth) {
            var page = page(number, depth);
            if (page.kind == INTERIOR_TABLE) {
                for (int i = 0; i <= page.cells; i++) {
                    if (!table(page.child(i), rowidColumn, visitor, depth + 1)) {
                        return false;
                    }
                }
                return true;
            }
            page.mustBe(LEAF_TABLE);
            for (int i = 0; i < page.cells; i++) {
                if (!visitor.row(page.tableRow(i, rowidColumn))) {
                    return false;
                }
            }
            return true;
        }

        private boolean index(long number, List<Object> key, RowVisitor visitor, int depth) {
            var page = page(number, depth);
            var interior = page.kind == INTERIOR_INDEX;
            if (!interior) {
                page.mustBe(LEAF_INDEX);
            }
            var from = key.isEmpty() ? 0 : page.firstNotBefore(key, interior);
            for (int i = from; i <= page.cells; i++) {
                if (interior && !index(page.child(i), key, visitor, depth + 1)) {
                    return false;
                }
                if (i == page.cells) {
                    break;
                }
                var row = page.indexRow(i, interior);
                if (compare(row, key) > 0 || !visitor.row(row)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// One page of a tree.
    private final class Page {

        private final long number;
        private final Walk walk;
        private final MemorySegment bytes;
        private final int header;
        private final int kind;
        private final int cells;

        Page(long number, Walk walk) {
            this.number = number;
            this.walk = walk;
            this.bytes = pages.page(number);
            this.header = number == 1 ? Pages.FILE_HEADER : 0;
            this.kind = Pages.unsignedByte(bytes, header);
            this.cells = Pages.unsignedShort(bytes, header + 3);
            if (header + 12L + 2L * cells > pages.usable()) {
                throw damaged("lists more cells than it can hold");
            }
        }

        void mustBe(int wanted) {
            if (kind != wanted) {
                throw damaged("is of kind " + kind + " where " + wanted + " belongs");
            }
        }

        private SqliteException damaged(String how) {
            return new SqliteException("page " + number + " " + how);
        }

        long cell(int index) {
            var start = header + (kind == INTERIOR_INDEX || kind == INTERIOR_TABLE ? 12 : 8);
            var at = Pages.unsignedShort(bytes, start + 2L * index);
            if (at + 4 > pages.usable()) {
                throw damaged("has a cell beyond its end");
            }
            return at;
        }

        /// The child left of a cell; behind the last cell the right-most child.
        long child(int index) {
            return index == cells ? Pages.unsignedInt(bytes, header + 8L) : Pages.unsignedInt(bytes, cell(index));
        }

        Varint varint(long at) {
            return new Varint(number, bytes, at);
        }

        long rowid(int index, boolean interior) {
            var at = cell(index);
            return varint(interior ? at + 4 : at + varint(at).length()).value();
        }

        /// The first cell whose id is not below this one.
        int placeOf(long rowid, boolean interior) {
            int low = 0;
            int high = cells;
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (rowid(middle, interior) < rowid) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        Row tableRow(int index, int rowidColumn) {
            var at = cell(index);
            var size = varint(at);
            var rowid = varint(at + size.length());
            var payload = payload(at + size.length() + rowid.length(), size.value(), true);
            return new Row(number, payload, rowid.value(), rowidColumn);
        }

        Row indexRow(int index, boolean interior) {
            var at = cell(index) + (interior ? 4 : 0);
            var size = varint(at);
            return new Row(number, payload(at + size.length(), size.value(), false), 0, -1);
        }

        int firstNotBefore(List<Object> key, boolean interior) {
            int low = 0;
            int high = cells;
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (compare(indexRow(middle, interior), key) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /// The whole payload: what lies on the page, and the overflow pages behind it (section 1.5, "Cell payload").
        MemorySegment payload(long at, long size, boolean ofTable) {
            if (size < 0 || size > MAX_PAYLOAD) {
                throw damaged("has a record of " + size + " bytes; the limit is " + MAX_PAYLOAD);
            }
            walk.hand(number, size);
            long usable = pages.usable();
            var most = ofTable ? usable - 35 : (usable - 12) * 64 / 255 - 23;
            if (size <= most) {
                if (at + size > usable) {
                    throw damaged("has a record beyond its end");
                }
                return bytes.asSlice(at, size);
            }
            var least = (usable - 12) * 32 / 255 - 23;
            var local = least + (size - least) % (usable - 4);
            if (local > most) {
                local = least;
            }
            if (at + local + 4 > usable) {
                throw damaged("has a record beyond its end");
            }
            if (size / (usable - 4) > pages.count()) {
                throw damaged("has a record longer than the file");
            }
            var whole = MemorySegment.ofArray(new byte[(int) size]);
            MemorySegment.copy(bytes, at, whole, 0, local);
            var next = Pages.unsignedInt(bytes, at + local);
            for (long done = local; done < size; ) {
                var overflow = pages.page(next);
                var part = Math.min(size - done, usable - 4);
                MemorySegment.copy(overflow, 4, whole, done, part);
                done += part;
                next = Pages.unsignedInt(overflow, 0);
            }
            return whole;
        }
    }
}
