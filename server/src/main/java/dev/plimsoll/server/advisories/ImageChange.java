package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.server.events.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What a revision changed of one vulnerability of one package of an image.
///
/// @param vulnerability empty where it is the package itself, of which nothing is told
/// @param since when it hits the package
record ImageChange(
        Change change,
        Set<Cause> causes,
        String vulnerability,
        String severity,
        String name,
        String version,
        String purl,
        List<String> fixedIn,
        boolean knownExploited,
        Instant since) {

    /// Worst first.
    static final Comparator<ImageChange> ORDER = Comparator.comparing(
                    (ImageChange change) -> Severity.of(change.severity()).orElse(Severity.UNKNOWN),
                    Comparator.reverseOrder())
            .thenComparing(ImageChange::vulnerability)
            .thenComparing(ImageChange::purl);

    ImageChange {
        causes = Set.copyOf(causes);
        fixedIn = List.copyOf(fixedIn);
    }

    /// By image; of a first revision nothing is told one by one.
    static Map<Long, List<ImageChange>> of(Handle handle, RejudgeOrder order, List<Long> images) {
        var found = new HashMap<Long, List<ImageChange>>();
        if (order.quiet()) {
            return found;
        }
        handle.createQuery("""
                        select i.image_id, e.change, e.causes, e.vulnerability, coalesce(e.severity, '') as severity,
                            p.name, p.version, p.purl, coalesce(e.fixed_in, '{}') as fixed_in,
                            exists (select from exploited x where x.cve = any(e.ids) and x.to_at is null) as known,
                            coalesce((select m.from_at from match m
                                where m.package_id = e.package_id and m.vulnerability = e.vulnerability
                                    and m.valid_from <= :at
                                order by m.valid_from desc limit 1), :at::timestamptz) as since
                        from (select distinct i.image_id, member.id
                                from image_package_set i join package_set s on s.id = i.package_set_id
                                    cross join lateral unnest(s.members) as member (id)
                                where i.image_id = any(:images) and member.id in (
                                    select package_id from revision_effect
                                    where revision_id = :revision and held = :held)) i
                            join revision_effect e on e.revision_id = :revision and e.held = :held and e.package_id = i.id
                            join package p on p.id = e.package_id
                        where e.change not in ('closed', 'silent')""")
                .bind("at", order.at())
                .bind("revision", order.revision())
                .bind("held", order.held())
                .bindArray("images", Long.class, images)
                .map((row, _) -> {
                    var causes = EnumSet.noneOf(Cause.class);
                    MatchRows.texts(row.getArray("causes").getArray())
                            .forEach(cause -> causes.add(Cause.valueOf(cause)));
                    return found.computeIfAbsent(row.getLong("image_id"), _ -> new ArrayList<>())
                            .add(new ImageChange(
                                    Change.of(row.getString("change")),
                                    causes,
                                    row.getString("vulnerability"),
                                    row.getString("severity"),
                                    row.getString("name"),
                                    row.getString("version"),
                                    row.getString("purl"),
                                    MatchRows.texts(row.getArray("fixed_in").getArray()),
                                    row.getBoolean("known"),
                                    row.getTimestamp("since").toInstant()));
                })
                .list();
        found.values().forEach(changes -> changes.sort(ORDER));
        return found;
    }
}
