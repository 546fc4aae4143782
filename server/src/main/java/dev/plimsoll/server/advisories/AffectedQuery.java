package dev.plimsoll.server.advisories;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Which images of an account a vulnerability hits: from its matches to packages, to sets, to images.
final class AffectedQuery {

    private AffectedQuery() {}

    /// A package that it hits.
    record Hit(String purl, String name, String version, String severity, String fixState, List<String> fixedIn) {
        Hit {
            fixedIn = List.copyOf(fixedIn);
        }
    }

    /// An image with the packages of it.
    record Image(long id, String digest, List<String> names, List<Hit> packages) {
        Image {
            names = List.copyOf(names);
            packages = List.copyOf(packages);
        }
    }

    private static Map<Integer, Hit> hits(Handle handle, String vulnerability) {
        var hits = new TreeMap<Integer, Hit>();
        handle.createQuery("""
                        select m.package_id, p.purl, p.name, p.version, m.severity, m.fix_state, m.fixed_in
                        from match m join package p on p.id = m.package_id
                        where m.ids && array[:id]::text[] and m.valid_to is null and m.suppressed is null""")
                .bind("id", vulnerability)
                .map((row, _) -> hits.put(
                        row.getInt(1),
                        new Hit(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                MatchRows.texts(row.getArray(7).getArray()))))
                .list();
        return hits;
    }

    /// The account's images, oldest first, beginning after one.
    ///
    /// @param vulnerability its id, or another id of it
    static List<Image> page(Handle handle, long accountId, String vulnerability, long after, int limit) {
        var hits = hits(handle, vulnerability);
        if (hits.isEmpty()) {
            return List.of();
        }
        var packages = List.copyOf(hits.keySet());
        return handle.createQuery("""
                        select image.id, image.digest,
                            array(select t.registry || '/' || t.repository || ':' || t.tag from tag t
                                where t.image_id = image.id and t.to_at is null order by 1) as names,
                            array(select distinct member.id
                                from image_package_set i join package_set s on s.id = i.package_set_id
                                    cross join lateral unnest(s.members) as member (id)
                                where i.image_id = image.id and member.id = any(:packages) order by 1) as packages
                        from image
                        where image.account_id = :account and image.id > :after and image.id in (
                            select i.image_id from image_package_set i
                            where i.package_set_id in (
                                select s.id from package_set s where s.members && :packages))
                        order by image.id limit :limit""")
                .bind("account", accountId)
                .bind("after", after)
                .bind("limit", limit)
                .bindArray("packages", Integer.class, packages)
                .map((row, _) -> new Image(
                        row.getLong("id"),
                        row.getString("digest"),
                        MatchRows.texts(row.getArray("names").getArray()),
                        List.of((Integer[]) row.getArray("packages").getArray()).stream()
                                .flatMap(id -> Optional.ofNullable(hits.get(id)).stream())
                                .toList()))
                .list();
    }
}
