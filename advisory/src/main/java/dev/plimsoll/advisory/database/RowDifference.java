package dev.plimsoll.advisory.database;

import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;

/// The rows of a table that only one of two files has. Rows are told apart by the first 64 bits of their SHA-256.
final class RowDifference {

    private final MessageDigest sum = sha256();
    private final String table;
    private final int from;
    private final int columns;
    private long[] hashes = new long[1024];
    private int count;

    private RowDifference(String table, int from, int columns) {
        this.table = table;
        this.from = from;
        this.columns = columns;
    }

    /// Sees a row that only one file has.
    @FunctionalInterface
    interface Visitor {
        void row(Row row);
    }

    /// @param from the first column that counts
    /// @param gone sees the rows that only the former has, before `come` sees those that only the next has
    static void of(SqliteFile former, SqliteFile next, String table, int from, Visitor gone, Visitor come) {
        new RowDifference(table, from, next.columns(table).size()).compare(former, next, gone, come);
    }

    private void compare(SqliteFile former, SqliteFile next, Visitor gone, Visitor come) {
        former.forEach(table, row -> {
            if (count == hashes.length) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            }
            hashes[count++] = hash(row);
            return true;
        });
        Arrays.sort(hashes, 0, count);
        var both = new BitSet(count);
        next.forEach(table, row -> {
            int at = place(row);
            if (at >= 0) {
                both.set(at);
            }
            return true;
        });
        former.forEach(table, row -> {
            if (!both.get(place(row))) {
                gone.row(row);
            }
            return true;
        });
        next.forEach(table, row -> {
            if (place(row) < 0) {
                come.row(row);
            }
            return true;
        });
    }

    /// Equal rows have one place: the first.
    private int place(Row row) {
        int at = Arrays.binarySearch(hashes, 0, count, hash(row));
        while (at > 0 && hashes[at - 1] == hashes[at]) {
            at--;
        }
        return at;
    }

    private long hash(Row row) {
        for (int column = from; column < columns; column++) {
            switch (row.kind(column)) {
                case NULL -> sum.update((byte) 'N');
                case INTEGER -> update((byte) 'I', Long.toString(row.integer(column)));
                case REAL -> update((byte) 'R', Double.toString(row.real(column)));
                case TEXT, BLOB -> {
                    var bytes = row.blob(column);
                    update((byte) 'T', bytes == null ? new byte[0] : bytes);
                }
            }
        }
        return ByteBuffer.wrap(sum.digest()).getLong();
    }

    private void update(byte kind, String text) {
        update(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    private void update(byte kind, byte[] bytes) {
        sum.update(kind);
        sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sum.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
