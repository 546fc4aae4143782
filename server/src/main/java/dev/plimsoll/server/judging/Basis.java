package dev.plimsoll.server.judging;

import dev.plimsoll.server.judging.Policy.Sources;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What an image is judged from. Where the store says the same at the end of judging as at the beginning, the verdicts
/// are those of now.
///
/// @param object of its inventory
/// @param names registry/repository:tag, sorted; one empty name where it has none
/// @param revision of the advisory data; empty where there is none
/// @param exploited how many entries of exploited vulnerabilities there were ever: more may come under one
///     revision
record Basis(String object, List<String> names, Sources sources, Optional<Long> revision, long exploited) {

    Basis {
        names = List.copyOf(names);
    }

    /// @return empty where the account has no such image, or it is not analysed
    static Optional<Basis> read(Handle handle, long accountId, long imageId) {
        return handle.createQuery("""
                        select inventory_object,
                            array(select registry || '/' || repository || ':' || tag from tag
                                where image_id = image.id and to_at is null order by 1) as names,
                            (select bundle_id from activation
                                where account_id = :account and to_at is null) as bundle,
                            array(select id from waiver_file
                                where account_id = :account and to_at is null order by name) as waivers,
                            (select id from revision where state = 'active') as revision,
                            (select count(*) from exploited) as exploited
                        from image
                        where account_id = :account and id = :image and state = 'analyzed'
                            and inventory_object is not null""")
                .bind("account", accountId)
                .bind("image", imageId)
                .map((row, _) -> of(row))
                .findOne();
    }

    private static Basis of(ResultSet row) throws SQLException {
        var names = List.of((String[]) array(row, "names"));
        return new Basis(
                row.getString("inventory_object"),
                names.isEmpty() ? List.of("") : names,
                new Sources(Optional.ofNullable(row.getObject("bundle", Long.class)), List.of((Long[])
                        array(row, "waivers"))),
                Optional.ofNullable(row.getObject("revision", Long.class)),
                row.getLong("exploited"));
    }

    private static Object array(ResultSet row, String name) throws SQLException {
        Array array = row.getArray(name);
        try {
            return array.getArray();
        } finally {
            array.free();
        }
    }
}
