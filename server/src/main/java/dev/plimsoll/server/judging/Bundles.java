package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.DefaultBundle;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The bundles of accounts, in versions, and which of them judged when. A version never changes.
final class Bundles {

    /// Members by which a bundle chooses what is for which image, or that say nothing of images at all.
    private static final Set<String> OF_MAPPINGS = Set.of(
            "mappings",
            "allowlisted_images",
            "denylisted_images",
            "whitelisted_images",
            "blacklisted_images",
            "id",
            "name",
            "description",
            "comment",
            "version");

    private Bundles() {}

    /// What an upload came to.
    ///
    /// @param added whether a version was written; else the latest one has the same meaning
    record Added(BundleRow row, boolean added) {}

    /// Adds a version, unless the latest one of that id has the same digest.
    ///
    /// @param document as it was uploaded, without errors
    static Added add(Handle handle, long accountId, Bundle bundle, String document, String by, Instant now) {
        lock(handle, accountId);
        var latest = handle.createQuery("select " + BundleRow.COLUMNS + " " + """
                         from bundle b where b.account_id = :account and b.bundle_id = :bundle
                         order by b.version desc limit 1""")
                .bind("account", accountId)
                .bind("bundle", bundle.id())
                .map(ConstructorMapper.of(BundleRow.class))
                .findOne();
        if (latest.isPresent() && latest.get().digest().equals(bundle.digest())) {
            return new Added(latest.get(), false);
        }
        long id = handle.createQuery("""
                        insert into bundle
                            (account_id, bundle_id, version, digest, name, format, document, created_at, created_by)
                        values (:account, :bundle, :version, :digest, :name, :format, :document, :now, :by)
                        returning id""")
                .bind("account", accountId)
                .bind("bundle", bundle.id())
                .bind("version", latest.map(BundleRow::version).orElse(0) + 1)
                .bind("digest", bundle.digest())
                .bind("name", bundle.name())
                .bind("format", bundle.formatVersion())
                .bind("document", document)
                .bind("now", now)
                .bind("by", by)
                .mapTo(Long.class)
                .one();
        return new Added(demanded(handle, accountId, id), true);
    }

    /// Changes of what judges an account come one after another.
    static void lock(Handle handle, long accountId) {
        handle.createQuery("select id from account where id = :account for no key update")
                .bind("account", accountId)
                .mapTo(Long.class)
                .one();
    }

    /// The newest first.
    ///
    /// @param before id of the last one of the page before
    static List<BundleRow> list(Handle handle, long accountId, Optional<Long> before, int limit) {
        return handle.createQuery(
                        "select " + BundleRow.COLUMNS
                                + " from bundle b where b.account_id = :account and b.id < :before order by b.id desc limit :limit")
                .bind("account", accountId)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map(ConstructorMapper.of(BundleRow.class))
                .list();
    }

    /// @throws ProblemException where the account has none
    static BundleRow demanded(Handle handle, long accountId, long id) {
        return BundleRow.byId(handle, accountId, id)
                .orElseThrow(() -> ProblemException.notFound(
                        "there is no bundle " + id + " in this account; GET /api/v1/bundles lists them"));
    }

    /// As it was uploaded.
    static Optional<String> document(Handle handle, long accountId, long id) {
        return handle.createQuery("select document from bundle where account_id = :account and id = :id")
                .bind("account", accountId)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /// Forgets a version that never judged.
    ///
    /// @throws ProblemException where it judges now, or history needs it
    static void delete(Handle handle, long accountId, long id) {
        lock(handle, accountId);
        var row = demanded(handle, accountId, id);
        if (row.active()) {
            throw ProblemException.conflict("the bundle " + id + " judges now; activate another one first");
        }
        boolean needed = handle.createQuery("""
                        select exists (select from activation where account_id = :account and bundle_id = :id)
                            or exists (select from verdict where account_id = :account and bundle_id = :id)""")
                .bind("account", accountId)
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
        if (needed) {
            throw ProblemException.conflict("the bundle " + id
                    + " judged once, and the history of verdicts needs it; it stays, and judges nothing now");
        }
        handle.createUpdate("delete from bundle where account_id = :account and id = :id")
                .bind("account", accountId)
                .bind("id", id)
                .execute();
    }

    /// Makes a version the one that judges.
    ///
    /// @return what that is a cause of, and the key of the change; empty where it judged already
    static Optional<Change> activate(Handle handle, long accountId, long id, String by, Instant now) {
        lock(handle, accountId);
        var row = demanded(handle, accountId, id);
        if (row.active()) {
            return Optional.empty();
        }
        var before = handle.createQuery(
                        "select bundle_id from activation where account_id = :account and to_at is null")
                .bind("account", accountId)
                .mapTo(Long.class)
                .findOne();
        handle.createUpdate("""
                        update activation set to_at = greatest(:now, from_at)
                        where account_id = :account and to_at is null""").bind("account", accountId).bind("now", now).execute();
        long activation = handle.createQuery("""
                        insert into activation (account_id, bundle_id, from_at, activated_by)
                        values (:account, :id,
                            greatest(:now, (select max(to_at) from activation where account_id = :account)), :by)
                        returning id""")
                .bind("account", accountId)
                .bind("id", id)
                .bind("now", now)
                .bind("by", by)
                .mapTo(Long.class)
                .one();
        var old = before.map(bundle -> tree(document(handle, accountId, bundle).orElseThrow()))
                .orElseGet(DefaultBundle::tree);
        boolean onlyMappings =
                rules(old).equals(rules(tree(document(handle, accountId, id).orElseThrow())));
        return Optional.of(
                new Change("activation:" + activation, onlyMappings ? Cause.MAPPING_CHANGED : Cause.POLICY_CHANGED));
    }

    /// A change of what judges an account.
    ///
    /// @param key of the change, so that each is followed by a sweep of its own
    record Change(String key, Cause cause) {}

    /// What is left of a bundle without what chooses images.
    private static JsonObject rules(JsonObject tree) {
        var members = new LinkedHashMap<String, JsonValue>(tree.members());
        members.keySet().removeAll(OF_MAPPINGS);
        return new JsonObject(members);
    }

    /// Of a document that was read without errors before.
    private static JsonObject tree(String document) {
        var bytes = document.getBytes(StandardCharsets.UTF_8);
        try {
            return (document.stripLeading().startsWith("{")
                                    ? JsonReader.read(bytes, JsonLimits.AUTHORED)
                                    : YamlReader.read(bytes, JsonLimits.AUTHORED))
                            instanceof JsonObject object
                    ? object
                    : JsonObject.EMPTY;
        } catch (JsonException e) {
            throw new IllegalStateException("a bundle's document that could be read before", e);
        }
    }
}
