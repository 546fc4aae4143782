package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// A verdict and the time for which it held.
///
/// @param digest of the image's manifest
/// @param name registry/repository:tag, empty where the image has none
/// @param bundleRow of the bundle; empty where the default bundle judged
/// @param bundleId as the document says; empty as above
/// @param revisionId of the advisory data; empty where there was none
/// @param at since when it holds, and the instant as of which it was judged
/// @param validTo until when it held; empty where it holds
/// @param nextChangeAt when time alone may change something of it
/// @param leaseUntil until when its decision holds, as far as time goes
record VerdictRow(
        long id,
        String digest,
        String name,
        String decision,
        String finalAction,
        String reason,
        String explanation,
        int stops,
        int warns,
        int allowlisted,
        int waived,
        int unjudged,
        Optional<Long> bundleRow,
        Optional<String> bundleId,
        Optional<Integer> bundleVersion,
        String bundleDigest,
        String waiversDigest,
        Optional<Long> revisionId,
        String engine,
        List<String> causes,
        Instant at,
        Optional<Instant> validTo,
        Optional<Instant> nextChangeAt,
        Optional<String> nextChangeWhy,
        Optional<Instant> leaseUntil,
        Optional<String> leaseThen) {

    private static final RowMapper<VerdictRow> MAPPER = ConstructorMapper.of(VerdictRow.class);

    private static final String SELECT = """
            select v.id, i.digest, v.name, v.decision, v.final_action, v.reason, v.explanation, v.stops, v.warns,
                v.allowlisted, v.waived, v.unjudged, v.bundle_id as bundle_row, b.bundle_id, b.version as bundle_version,
                v.bundle_digest, v.waivers_digest, v.revision_id, v.engine, v.causes, v.at, v.valid_to,
                v.next_change_at, v.next_change_why, v.lease_until, v.lease_then
            from image i join verdict v on v.image_id = i.id left join bundle b on b.id = v.bundle_id
            where i.account_id = :account and v.account_id = :account""";

    VerdictRow {
        causes = List.copyOf(causes);
    }

    /// The one that holds.
    ///
    /// @param digest of the manifest, else of the configuration
    /// @param name empty for the first name that the image has
    static Optional<VerdictRow> current(Handle handle, long accountId, String digest, Optional<String> name) {
        return handle.createQuery(SELECT + " " + """
                         and (i.digest = :digest or i.configuration_digest = :digest) and v.valid_to is null
                            and v.name = coalesce(:name, v.name)
                        order by i.digest <> :digest, i.id desc, v.name limit 1""")
                .bind("account", accountId)
                .bind("digest", digest)
                .bind("name", name.orElse(null))
                .map(MAPPER)
                .findOne();
    }

    /// The one that held at an instant.
    static Optional<VerdictRow> at(
            Handle handle, long accountId, String digest, Optional<String> name, Instant instant) {
        return handle.createQuery(SELECT + " " + """
                         and (i.digest = :digest or i.configuration_digest = :digest)
                            and v.at <= :at and (v.valid_to is null or v.valid_to > :at)
                            and v.name = coalesce(:name, v.name)
                        order by i.digest <> :digest, i.id desc, v.name limit 1""")
                .bind("account", accountId)
                .bind("digest", digest)
                .bind("at", instant)
                .bind("name", name.orElse(null))
                .map(MAPPER)
                .findOne();
    }

    /// The history of an image, the newest first.
    ///
    /// @param before id of the last one of the page before
    static List<VerdictRow> history(
            Handle handle, long accountId, long imageId, Optional<String> name, Optional<Long> before, int limit) {
        return handle.createQuery(SELECT + " " + """
                         and i.id = :image and v.id < :before and v.name = coalesce(:name, v.name)
                        order by v.id desc limit :limit""")
                .bind("account", accountId)
                .bind("image", imageId)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("name", name.orElse(null))
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /// Its members, within an object that is open.
    void write(JsonWriter json) {
        json.member("id", id)
                .member("digest", digest)
                .member("name", name)
                .member("decision", decision.toLowerCase(Locale.ROOT))
                .member("final_action", finalAction.toLowerCase(Locale.ROOT))
                .member("reason", reason)
                .member("explanation", explanation)
                .member("stops", stops)
                .member("warns", warns)
                .member("allowlisted", allowlisted)
                .member("waived", waived)
                .member("unjudged", unjudged);
        json.object("bundle", () -> bundle(json));
        json.member("waivers_digest", waiversDigest);
        number(json, "revision", revisionId);
        json.member("engine", engine).strings("causes", causes);
        json.member("since", at.toString()).member("until", validTo.map(Instant::toString));
        moment(json, "next_change", nextChangeAt, "why", nextChangeWhy);
        moment(json, "lease", leaseUntil, "then", leaseThen.map(word -> word.toLowerCase(Locale.ROOT)));
    }

    private void bundle(JsonWriter json) {
        number(json, "row", bundleRow);
        json.member("id", bundleId.orElse("plimsoll-default"));
        number(json, "version", bundleVersion.map(Integer::longValue));
        json.member("digest", bundleDigest);
    }

    static void number(JsonWriter json, String name, Optional<Long> number) {
        number.ifPresentOrElse(value -> json.member(name, value), () -> json.nullMember(name));
    }

    private static void moment(
            JsonWriter json, String name, Optional<Instant> at, String beside, Optional<String> words) {
        at.ifPresentOrElse(
                instant -> json.object(
                        name, () -> json.member("at", instant.toString()).member(beside, words.orElse(""))),
                () -> json.nullMember(name));
    }
}
