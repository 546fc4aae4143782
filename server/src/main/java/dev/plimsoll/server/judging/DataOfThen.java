package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// What judged an account's images at an instant. It may be newer than what a verdict of then was made by: it said the
/// same.
///
/// @param revision empty where there was no advisory data
/// @param bundle empty where the default bundle judged
/// @param waivers by name
record DataOfThen(Optional<RevisionOfThen> revision, Optional<BundleOfThen> bundle, List<WaiversOfThen> waivers) {

    record RevisionOfThen(long id, String content, Instant builtAt) {}

    record BundleOfThen(long id, String bundleId, int version, String digest) {}

    record WaiversOfThen(String name, String digest) {}

    static DataOfThen at(Handle handle, long accountId, Instant at) {
        return new DataOfThen(
                handle.createQuery("""
                                select id, content, built_at from revision
                                where active_from <= :at and (active_to is null or active_to > :at)
                                order by active_from desc, id desc limit 1""")
                        .bind("at", at)
                        .map(ConstructorMapper.of(RevisionOfThen.class))
                        .findOne(),
                handle.createQuery("""
                                select b.id, b.bundle_id, b.version, b.digest
                                from activation a join bundle b on b.id = a.bundle_id
                                where a.account_id = :account and a.from_at <= :at
                                    and (a.to_at is null or a.to_at > :at)
                                order by a.id desc limit 1""")
                        .bind("account", accountId)
                        .bind("at", at)
                        .map(ConstructorMapper.of(BundleOfThen.class))
                        .findOne(),
                handle.createQuery("""
                                select name, digest from waiver_file
                                where account_id = :account and from_at <= :at and (to_at is null or to_at > :at)
                                order by name""")
                        .bind("account", accountId)
                        .bind("at", at)
                        .map(ConstructorMapper.of(WaiversOfThen.class))
                        .list());
    }

    /// Its members, within an object that is open.
    void write(JsonWriter json) {
        revision.ifPresentOrElse(
                found -> json.object(
                        "revision",
                        () -> json.member("id", found.id())
                                .member("content", found.content())
                                .member("built_at", found.builtAt().toString())),
                () -> json.nullMember("revision"));
        bundle.ifPresentOrElse(
                found -> json.object(
                        "bundle",
                        () -> json.member("row", found.id())
                                .member("id", found.bundleId())
                                .member("version", found.version())
                                .member("digest", found.digest())),
                () -> json.nullMember("bundle"));
        json.array(
                "waivers",
                () -> waivers.forEach(file ->
                        json.object(() -> json.member("name", file.name()).member("digest", file.digest()))));
    }
}
