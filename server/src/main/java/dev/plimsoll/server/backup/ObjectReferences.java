package dev.plimsoll.server.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which objects rows name: every text column that is called `object` or `…_object` names some, but for
/// those that are listed here. So a new column is kept from the doctor's broom and in backups without
/// being told.
final class ObjectReferences {

    /// Of the audit log: what somebody did something to. Of derived inventories: the key that they are
    /// found by.
    private static final Set<String> OTHERS = Set.of("audit_event.object", "lean_inventory.inventory_object");

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private ObjectReferences() {}

    /// Whether what a row names can be an object at all.
    static boolean isDigest(String named) {
        return DIGEST.matcher(named).matches();
    }

    /// A query for each digest once, in order.
    static String query(Connection connection) throws SQLException {
        var selects = Schema.rows(connection, """
                        select table_name, column_name from information_schema.columns
                        where table_schema = current_schema() and data_type = 'text' and column_name ~ '(^|_)object$'
                        order by 1, 2
                        """).stream()
                .filter(column -> !OTHERS.contains(column.get(0) + "." + column.get(1)))
                .map(column ->
                        "select " + Schema.quote(column.get(1)) + " as object from " + Schema.quote(column.get(0)))
                .collect(Collectors.joining(" union "));
        return "select object from (" + selects + ") named where object is not null order by object";
    }
}
