package dev.plimsoll.server.judging;

import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.WaiverReading;
import dev.plimsoll.policy.waiver.Waivers;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.judging.Bundles.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The files of waivers of accounts, each with the time for which it was used. A row's document never changes.
final class WaiverFiles {

    private WaiverFiles() {}

    /// A file that is used now.
    ///
    /// @param digest of its meaning
    record WaiverRow(long id, String name, String digest, String document, Instant fromAt, String changedBy) {}

    private static final String COLUMNS = "id, name, digest, document, from_at, changed_by";

    static Optional<WaiverRow> named(Handle handle, long accountId, String name) {
        return handle.createQuery("select " + COLUMNS
                        + " from waiver_file where account_id = :account and name = :name and to_at is null")
                .bind("account", accountId)
                .bind("name", name)
                .map(ConstructorMapper.of(WaiverRow.class))
                .findOne();
    }

    /// By name.
    ///
    /// @param after name of the last one of the page before
    static List<WaiverRow> list(Handle handle, long accountId, String after, int limit) {
        return handle.createQuery("select " + COLUMNS + " " + """
                         from waiver_file where account_id = :account and to_at is null and name > :after
                        order by name limit :limit""")
                .bind("account", accountId)
                .bind("after", after)
                .bind("limit", limit)
                .map(ConstructorMapper.of(WaiverRow.class))
                .list();
    }

    /// What is wrong with a file beside those of other names.
    static List<BundleProblem> problems(Handle handle, long accountId, WaiverReading reading) {
        var all = new ArrayList<WaiverReading>();
        for (var other : list(handle, accountId, "", Integer.MAX_VALUE)) {
            if (!other.name().equals(reading.file())) {
                all.add(WaiverReader.read(other.name(), other.document().getBytes(StandardCharsets.UTF_8)));
            }
        }
        all.add(reading);
        var problems = new ArrayList<>(reading.problems());
        Waivers.secondIds(all)
                .forEach(sentence -> problems.add(new BundleProblem(Severity.ERROR, "/waivers", sentence)));
        return problems;
    }

    /// Uses a file from now on, instead of what had its name.
    ///
    /// @param reading of it, without errors
    /// @return the change; empty where the file in use means the same
    static Optional<Change> put(
            Handle handle, long accountId, WaiverReading reading, String document, String by, Instant now) {
        var digest = reading.digest().orElseThrow();
        var before = named(handle, accountId, reading.file());
        if (before.isPresent() && before.get().digest().equals(digest)) {
            return Optional.empty();
        }
        close(handle, accountId, reading.file(), now);
        long id = handle.createQuery("""
                        insert into waiver_file (account_id, name, digest, document, from_at, changed_by)
                        values (:account, :name, :digest, :document,
                            greatest(:now, (select max(to_at) from waiver_file
                                where account_id = :account and name = :name)), :by)
                        returning id""")
                .bind("account", accountId)
                .bind("name", reading.file())
                .bind("digest", digest)
                .bind("document", document)
                .bind("now", now)
                .bind("by", by)
                .mapTo(Long.class)
                .one();
        return Optional.of(new Change("waivers:" + id, Cause.WAIVER_ADDED));
    }

    /// Uses a file no more from now on.
    ///
    /// @return the change; empty where there is none of that name
    static Optional<Change> delete(Handle handle, long accountId, String name, Instant now) {
        return close(handle, accountId, name, now)
                .map(id -> new Change("waivers:" + id + ":closed", Cause.WAIVER_EXPIRED));
    }

    private static Optional<Long> close(Handle handle, long accountId, String name, Instant now) {
        return handle.createQuery("""
                        update waiver_file set to_at = greatest(:now, from_at)
                        where account_id = :account and name = :name and to_at is null returning id""")
                .bind("account", accountId)
                .bind("name", name)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
    }
}
