package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.Severity;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What is found of an image: joined from its sets of packages and the matches of each.
///
/// @param severity least one that counts
/// @param fixable only with a fix, or only without; empty for both
/// @param knownExploited only known exploited ones, or only others; empty for both
/// @param suppressed those that do not count, instead of those that do
/// @param at as of when; empty for now
record FindingQuery(
        Optional<Severity> severity,
        Optional<Boolean> fixable,
        Optional<Boolean> knownExploited,
        boolean suppressed,
        Optional<Instant> at) {

    /// One vulnerability of one package of the image.
    record Row(
            String vulnerability,
            List<String> ids,
            String severity,
            String fixState,
            List<String> fixedIn,
            Optional<String> suppressed,
            int packageId,
            String purl,
            String name,
            String version,
            Instant firstSeen,
            Optional<LocalDate> exploitedSince,
            Optional<LocalDate> due) {

        Row {
            ids = List.copyOf(ids);
            fixedIn = List.copyOf(fixedIn);
        }

        /// Its place in the list.
        String key() {
            return vulnerability + "\n" + packageId;
        }
    }

    /// In the order of ids and packages, beginning after a key.
    List<Row> page(Handle handle, long accountId, long imageId, Optional<String> after, int limit) {
        var conditions = new ArrayList<String>();
        conditions.add(Validity.condition(at));
        conditions.add(suppressed ? "m.suppressed is not null" : "m.suppressed is null");
        severity.ifPresent(_ -> conditions.add("m.severity = any(:severities)"));
        fixable.ifPresent(yes -> conditions.add("m.fix_state " + (yes ? "=" : "<>") + " 'fixed'"));
        knownExploited.ifPresent(yes -> conditions.add("x.added is " + (yes ? "not null" : "null")));
        after.ifPresent(_ -> conditions.add("(m.vulnerability, m.package_id) > (:vulnerability, :package)"));
        var query = handle.createQuery(
                        """
                        select m.vulnerability, m.ids, m.severity, m.fix_state, m.fixed_in, m.suppressed, m.package_id, p.purl,
                            p.name, p.version, greatest(m.from_at, i.analyzed_at) as first_seen, x.added, x.due
                        from (select distinct image.analyzed_at, member.id
                                from image join image_package_set i on i.image_id = image.id
                                    join package_set s on s.id = i.package_set_id
                                    cross join lateral unnest(s.members) as member (id)
                                where image.id = :image and image.account_id = :account) i
                            join match m on m.package_id = i.id
                            join package p on p.id = m.package_id
                            left join lateral (select x.added, x.due from exploited x
                                where x.cve = any(m.ids) and EXPLOITED order by x.cve limit 1) x on true
                        where CONDITIONS
                        order by m.vulnerability, m.package_id limit :limit""".replace("EXPLOITED", exploited()).replace("CONDITIONS", String.join(" and ", conditions)))
                .bind("image", imageId)
                .bind("account", accountId)
                .bind("limit", limit);
        severity.ifPresent(least -> query.bindArray("severities", String.class, atLeast(least)));
        after.ifPresent(key -> query.bind("vulnerability", key.substring(0, key.indexOf('\n')))
                .bind("package", Integer.parseInt(key.substring(key.indexOf('\n') + 1))));
        return Validity.bind(query, at)
                .map((row, _) -> new Row(
                        row.getString("vulnerability"),
                        MatchRows.texts(row.getArray("ids").getArray()),
                        row.getString("severity"),
                        row.getString("fix_state"),
                        MatchRows.texts(row.getArray("fixed_in").getArray()),
                        Optional.ofNullable(row.getString("suppressed")),
                        row.getInt("package_id"),
                        row.getString("purl"),
                        row.getString("name"),
                        row.getString("version"),
                        row.getTimestamp("first_seen").toInstant(),
                        Optional.ofNullable(row.getDate("added")).map(Date::toLocalDate),
                        Optional.ofNullable(row.getDate("due")).map(Date::toLocalDate)))
                .list();
    }

    private String exploited() {
        return at.isEmpty() ? "x.to_at is null" : "x.from_at <= :at and (x.to_at is null or x.to_at > :at)";
    }

    private static List<String> atLeast(Severity least) {
        var words = new ArrayList<String>();
        for (var severity : Severity.values()) {
            if (severity.compareTo(least) >= 0) {
                words.add(severity.word());
            }
        }
        return words;
    }
}
