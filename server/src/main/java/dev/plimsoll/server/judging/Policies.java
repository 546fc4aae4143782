package dev.plimsoll.server.judging;

import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.bundle.DefaultBundle;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.WaiverReading;
import dev.plimsoll.policy.waiver.Waivers;
import dev.plimsoll.server.judging.Policy.Sources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Reads what judges an account's images, now or then. Rows never change once they are written, so what was parsed is
/// remembered by them. Safe for several threads.
final class Policies {

    /// In characters of documents: of bundles, and of waivers.
    private static final long REMEMBERED = 16L << 20;

    private record Parsed<T>(T value, long length) {}

    private record VersionedBundle(int version, Bundle bundle) {}

    private final Bundle defaultBundle = DefaultBundle.bundle();
    private final Remembered<Long, Parsed<VersionedBundle>> bundles = new Remembered<>(REMEMBERED, Parsed::length);
    private final Remembered<Long, Parsed<WaiverReading>> files = new Remembered<>(REMEMBERED, Parsed::length);

    /// Which rows judge now.
    Sources sources(Handle handle, long accountId) {
        return new Sources(
                handle.createQuery("select bundle_id from activation where account_id = :account and to_at is null")
                        .bind("account", accountId)
                        .mapTo(Long.class)
                        .findOne(),
                handle.createQuery(
                                "select id from waiver_file where account_id = :account and to_at is null order by name")
                        .bind("account", accountId)
                        .mapTo(Long.class)
                        .list());
    }

    /// Which rows judged at an instant.
    Sources sources(Handle handle, long accountId, Instant at) {
        return new Sources(
                handle.createQuery("""
                                select bundle_id from activation
                                where account_id = :account and from_at <= :at and (to_at is null or to_at > :at)
                                order by id desc limit 1""")
                        .bind("account", accountId)
                        .bind("at", at)
                        .mapTo(Long.class)
                        .findOne(),
                handle.createQuery("""
                                select id from waiver_file
                                where account_id = :account and from_at <= :at and (to_at is null or to_at > :at)
                                order by name""")
                        .bind("account", accountId)
                        .bind("at", at)
                        .mapTo(Long.class)
                        .list());
    }

    /// What these rows say.
    Policy read(Handle handle, long accountId, Sources sources) {
        var bundle =
                sources.bundle().map(id -> bundle(handle, accountId, id)).orElse(new VersionedBundle(0, defaultBundle));
        var waivers = Waivers.of(sources.waivers().stream()
                .map(id -> waivers(handle, accountId, id))
                .toList());
        return new Policy(sources, bundle.version(), bundle.bundle(), waivers, digest(waivers));
    }

    Policy current(Handle handle, long accountId) {
        return read(handle, accountId, sources(handle, accountId));
    }

    Policy at(Handle handle, long accountId, Instant at) {
        return read(handle, accountId, sources(handle, accountId, at));
    }

    private VersionedBundle bundle(Handle handle, long accountId, long id) {
        return remembered(bundles, id, () -> {
            var row = Bundles.demanded(handle, accountId, id);
            var document = Bundles.document(handle, accountId, id).orElseThrow();
            var bundle = BundleReader.read("bundle", document.getBytes(StandardCharsets.UTF_8))
                    .bundle()
                    .orElseThrow(() -> new IllegalStateException("the bundle " + id
                            + " could be read when it was uploaded, and this version of Plimsoll cannot read it"));
            return new Parsed<>(new VersionedBundle(row.version(), bundle), document.length());
        });
    }

    private WaiverReading waivers(Handle handle, long accountId, long id) {
        return remembered(files, id, () -> {
            record File(String name, String document) {}
            var file = handle.createQuery(
                            "select name, document from waiver_file where account_id = :account and id = :id")
                    .bind("account", accountId)
                    .bind("id", id)
                    .map((row, _) -> new File(row.getString("name"), row.getString("document")))
                    .one();
            return new Parsed<>(
                    WaiverReader.read(file.name(), file.document().getBytes(StandardCharsets.UTF_8)),
                    file.document().length());
        });
    }

    private static <T> T remembered(Remembered<Long, Parsed<T>> memory, long id, Supplier<Parsed<T>> reader) {
        var known = memory.get(id);
        if (known.isPresent()) {
            return known.get().value();
        }
        var read = reader.get();
        memory.put(id, read);
        return read.value();
    }

    /// Of all files together; empty where there is none.
    static String digest(Waivers waivers) {
        return waivers.digests().isEmpty() ? "" : sha256(String.join("\n", waivers.digests()));
    }

    static String sha256(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
