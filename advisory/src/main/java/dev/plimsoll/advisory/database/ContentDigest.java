package dev.plimsoll.advisory.database;

import dev.plimsoll.sqlite.Row;
import dev.plimsoll.sqlite.SqliteFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The digest of every row of every table, which the file carries in itself: a copy that came without its note can be
/// verified all the same.
final class ContentDigest {

    /// The key under which it stands in `metadata`; that row alone does not count.
    static final String KEY = "content";

    private ContentDigest() {}

    /// Reads the whole file.
    ///
    /// @throws dev.plimsoll.sqlite.SqliteException when a place cannot be read
    static String of(SqliteFile sqlite) {
        var sum = sha256();
        for (var table : sqlite.tables().stream().sorted().toList()) {
            var columns = sqlite.columns(table);
            update(sum, table);
            sqlite.forEach(table, row -> {
                if (!isOwnRow(table, row)) {
                    update(sum, columns, row);
                }
                return true;
            });
        }
        return "sha256:" + HexFormat.of().formatHex(sum.digest());
    }

    private static boolean isOwnRow(String table, Row row) {
        return table.equals("metadata") && row.kind(0) == Row.Kind.TEXT && KEY.equals(row.text(0));
    }

    private static void update(MessageDigest sum, List<String> columns, Row row) {
        for (int column = 0; column < columns.size(); column++) {
            sum.update((byte) row.kind(column).name().charAt(0));
            switch (row.kind(column)) {
                case NULL -> {}
                case INTEGER -> update(sum, Long.toString(row.integer(column)));
                case REAL -> update(sum, Double.toString(row.real(column)));
                case TEXT, BLOB -> {
                    var bytes = row.blob(column);
                    update(sum, bytes == null ? new byte[0] : bytes);
                }
            }
        }
    }

    private static void update(MessageDigest sum, String text) {
        update(sum, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void update(MessageDigest sum, byte[] bytes) {
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
