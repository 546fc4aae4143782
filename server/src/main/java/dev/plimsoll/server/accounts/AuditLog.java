package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Principal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who changed what, as a chain: each entry of an account holds the digest of the one before, so that
/// none can be changed or taken out of the middle unseen. Safe for several threads.
///
/// The digest of an entry is the SHA-256 of these fields, each as its length in four bytes, most
/// significant first, and then its bytes: the text `plimsoll-audit-1`; the account's id in decimal; the
/// sequence in decimal, from 1; the instant in UTC as `2026-01-31T12:00:00.000000Z`; the actor; the
/// action; the object; the details as they are stored, JSON; the 32 bytes of the digest before, zeros
/// for the first. Texts are UTF-8.
///
/// What the chain alone cannot show: that its last entries were removed, or that all of it was written
/// anew by somebody who may write to the database. Against both helps a head (sequence and digest) that
/// was noted elsewhere; {@link #verify(Handle, long, Optional)} takes it.
public final class AuditLog {

    /// What the first entry has before it.
    private static final byte[] START = new byte[32];

    private static final String FORM = "plimsoll-audit-1";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int ROWS_AT_A_TIME = 1000;

    private final InstantSource clock;

    public AuditLog(InstantSource clock) {
        this.clock = clock;
    }

    /// Adds an entry to the log of the caller's account in the transaction of the change. The entries
    /// of an account are written one after the other, so this waits for other transactions that wrote
    /// one: let it be the last statement.
    ///
    /// @param handle of the transaction, at the level "read committed"
    /// @param action thing and verb, `bundle.activate`
    /// @param object what it was done to, by the name that the API has for it
    /// @param details what else is worth knowing; no secrets
    public void add(Handle handle, Principal principal, String action, String object, JsonObject details) {
        add(handle, principal.accountId(), principal.name(), action, object, details);
    }

    void add(Handle handle, long accountId, String actor, String action, String object, JsonObject details) {
        AccountRow.lock(handle, accountId);
        var last = head(handle, accountId);
        var entry = new Entry(
                last.map(Head::sequence).orElse(0L) + 1,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                clean(actor),
                clean(action),
                clean(object),
                text(details));
        var previous = last.map(head -> HexFormat.of().parseHex(head.digest())).orElse(START);
        handle.createUpdate("""
                        insert into audit_event
                            (account_id, sequence, at, actor, action, object, details, previous, digest)
                        values (:account, :sequence, :at, :actor, :action, :object, :details, :previous, :digest)""")
                .bind("account", accountId)
                .bind("sequence", entry.sequence)
                .bind("at", entry.at)
                .bind("actor", entry.actor)
                .bind("action", entry.action)
                .bind("object", entry.object)
                .bind("details", entry.details)
                .bind("previous", previous)
                .bind("digest", digest(accountId, entry, previous))
                .execute();
    }

    /// An entry, without its place in the chain.
    ///
    /// @param details JSON, as it was hashed
    public record Entry(long sequence, Instant at, String actor, String action, String object, String details) {}

    /// The end of a chain.
    ///
    /// @param digest in hexadecimal digits
    public record Head(long sequence, String digest) {}

    /// What a check of a chain found.
    public sealed interface Verification {

        /// @param entries how many there are
        record Intact(long entries) implements Verification {}

        /// @param sequence of the first entry that is not as it was written
        record Broken(long sequence, String reason) implements Verification {}
    }

    /// The last entry of the account's chain.
    public static Optional<Head> head(Handle handle, long accountId) {
        return handle.createQuery("""
                        select sequence, digest from audit_event
                        where account_id = :account order by sequence desc limit 1""")
                .bind("account", accountId)
                .map((row, _) ->
                        new Head(row.getLong("sequence"), HexFormat.of().formatHex(row.getBytes("digest"))))
                .findOne();
    }

    /// Newest first.
    ///
    /// @param before the sequence that the last page ended with; empty for the first page
    static List<Entry> before(Handle handle, long accountId, Optional<Long> before, int limit) {
        return handle.createQuery("""
                        select sequence, at, actor, action, object, details from audit_event
                        where account_id = :account and sequence < :before order by sequence desc limit :limit""")
                .bind("account", accountId)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map((row, _) -> entry(row))
                .list();
    }

    /// Checks the account's chain from its first entry to its last.
    public static Verification verify(Handle handle, long accountId) {
        return verify(handle, accountId, Optional.empty());
    }

    /// @param noted a head that was noted elsewhere: it must be in the chain
    public static Verification verify(Handle handle, long accountId, Optional<Head> noted) {
        var chain = new Chain(accountId, noted);
        // by pages, not by a stream, which would hold all rows in memory
        while (true) {
            var links = handle.createQuery("""
                            select sequence, at, actor, action, object, details, previous, digest from audit_event
                            where account_id = :account and sequence > :after order by sequence limit :limit""")
                    .bind("account", accountId)
                    .bind("after", chain.seen)
                    .bind("limit", ROWS_AT_A_TIME)
                    .map((row, _) -> new Link(entry(row), row.getBytes("previous"), row.getBytes("digest")))
                    .list();
            for (var link : links) {
                var broken = chain.add(link);
                if (broken.isPresent()) {
                    return broken.get();
                }
            }
            if (links.size() < ROWS_AT_A_TIME) {
                return chain.end();
            }
        }
    }

    private static final class Link {
        final Entry entry;
        final byte[] previous;
        final byte[] digest;

        Link(Entry entry, byte[] previous, byte[] digest) {
            this.entry = entry;
            this.previous = previous;
            this.digest = digest;
        }
    }

    /// As far as it was checked.
    private static final class Chain {
        private final long accountId;
        private final Optional<Head> noted;
        private byte[] last = START;
        private long seen;

        Chain(long accountId, Optional<Head> noted) {
            this.accountId = accountId;
            this.noted = noted;
        }

        Optional<Verification.Broken> add(Link link) {
            long expected = seen + 1;
            if (link.entry.sequence != expected) {
                return broken(expected, "the entry is missing");
            }
            if (!MessageDigest.isEqual(link.previous, last)) {
                return broken(expected, "the entry does not follow the one before");
            }
            if (!MessageDigest.isEqual(link.digest, digest(accountId, link.entry, link.previous))) {
                return broken(expected, "the entry was changed");
            }
            if (noted.isPresent()
                    && noted.get().sequence == expected
                    && !noted.get().digest.equals(HexFormat.of().formatHex(link.digest))) {
                return broken(expected, "the entry is another one than was noted");
            }
            seen = expected;
            last = link.digest;
            return Optional.empty();
        }

        Verification end() {
            return noted.isPresent() && noted.get().sequence > seen
                    ? new Verification.Broken(seen + 1, "the entry is missing: the end was removed")
                    : new Verification.Intact(seen);
        }

        private static Optional<Verification.Broken> broken(long sequence, String reason) {
            return Optional.of(new Verification.Broken(sequence, reason));
        }
    }

    private static Entry entry(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Entry(
                row.getLong("sequence"),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("object"),
                row.getString("details"));
    }

    static byte[] digest(long accountId, Entry entry, byte[] previous) {
        var bytes = new ByteArrayOutputStream();
        field(bytes, FORM);
        field(bytes, Long.toString(accountId));
        field(bytes, Long.toString(entry.sequence));
        field(bytes, TIME.format(entry.at));
        field(bytes, entry.actor);
        field(bytes, entry.action);
        field(bytes, entry.object);
        field(bytes, entry.details);
        field(bytes, previous);
        return KeyText.sha256(bytes.toByteArray());
    }

    private static void field(ByteArrayOutputStream bytes, String text) {
        field(bytes, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void field(ByteArrayOutputStream bytes, byte[] field) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        bytes.writeBytes(field);
    }

    /// What PostgreSQL keeps as it is: no NUL, no half of a surrogate pair.
    private static String clean(String text) {
        var bytes = text.replace('\0', '\ufffd').getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String text(JsonObject details) {
        return JsonWriter.text(json -> json.element(details)).strip();
    }
}
