package dev.plimsoll.server.advisories;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Since when the vulnerabilities of an image are known in it: the later of when the match began and when the image was
/// analysed.
///
/// @param type of the package URL: `deb`
/// @param name of the package, as the inventory has it
/// @param vulnerability the id that it is printed by
/// @param ids all of its ids
/// @param severity a word
/// @param firstSeen since when it hits the image
/// @param fixSeen since when a fix is known, not before it was seen; empty where there is none
public record FirstSeen(
        String purl,
        String type,
        String name,
        String version,
        String vulnerability,
        List<String> ids,
        String severity,
        List<String> fixedIn,
        Instant firstSeen,
        Optional<Instant> fixSeen) {

    public FirstSeen {
        ids = List.copyOf(ids);
        fixedIn = List.copyOf(fixedIn);
    }

    /// Of one image.
    ///
    /// @param at as of when; empty for now
    public static List<FirstSeen> of(Handle handle, long imageId, Optional<Instant> at) {
        return of(handle, List.of(imageId), at).getOrDefault(imageId, List.of());
    }

    /// Of several images, by row; those without findings that count are left out.
    ///
    /// @param at as of when; empty for now
    public static Map<Long, List<FirstSeen>> of(Handle handle, Collection<Long> images, Optional<Instant> at) {
        var found = new HashMap<Long, List<FirstSeen>>();
        var query = handle.createQuery("""
                        select i.image_id, p.purl, p.type, p.name, p.version, m.vulnerability, m.ids, m.severity, m.fixed_in,
                            greatest(m.from_at, i.analyzed_at) as first_seen,
                            case when m.fix_state = 'fixed' then greatest(i.analyzed_at, (
                                select min(f.valid_from) from match f
                                where f.package_id = m.package_id
                                    and (f.vulnerability = any(m.ids) or m.vulnerability = any(f.ids))
                                    and f.fix_state = 'fixed' and f.suppressed is null
                                    and f.valid_from >= m.from_at)) end as fix_seen
                        from (select distinct i.image_id, image.analyzed_at, member.id
                                from image_package_set i join image on image.id = i.image_id
                                    join package_set s on s.id = i.package_set_id
                                    cross join lateral unnest(s.members) as member (id)
                                where i.image_id = any(:images)) i
                            join package p on p.id = i.id
                            join match m on m.package_id = i.id
                        where m.suppressed is null and VALID
                        order by m.vulnerability, p.purl""".replace("VALID", Validity.condition(at)))
                .bindArray("images", Long.class, List.copyOf(images));
        Validity.bind(query, at)
                .map((row, _) -> found.computeIfAbsent(row.getLong("image_id"), _ -> new ArrayList<>())
                        .add(new FirstSeen(
                                row.getString("purl"),
                                row.getString("type"),
                                row.getString("name"),
                                row.getString("version"),
                                row.getString("vulnerability"),
                                MatchRows.texts(row.getArray("ids").getArray()),
                                row.getString("severity"),
                                MatchRows.texts(row.getArray("fixed_in").getArray()),
                                row.getTimestamp("first_seen").toInstant(),
                                Revisions.instant(row.getTimestamp("fix_seen")))))
                .list();
        return found;
    }
}
