package dev.plimsoll.server.judging;

import dev.plimsoll.policy.Lease;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.Event;
import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.events.EventLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Writes verdicts down: one row for each time that a verdict held. Called in a transaction that holds the image's row,
/// so that the history of each name is a chain.
final class VerdictStore {

    private final String engine;

    /// @param engine version of Plimsoll
    VerdictStore(String engine) {
        this.engine = engine;
    }

    /// A verdict to be written.
    ///
    /// @param name registry/repository:tag, empty where the image has none
    /// @param lease found when it is asked for: that may take many evaluations
    record Judged(String name, Verdict verdict, Function<Verdict, Optional<Lease>> lease) {}

    /// What all verdicts of one image have in common.
    record Circumstances(
            long accountId,
            long imageId,
            String digest,
            Policy policy,
            Optional<Long> revision,
            Instant at,
            Set<Cause> causes,
            boolean quiet) {}

    private record Open(
            long id,
            Instant at,
            Said said,
            Optional<Long> bundle,
            String bundleDigest,
            String waiversDigest,
            String engine,
            Optional<NextChange> next,
            Optional<Long> stale) {}

    /// Writes the verdicts on an image under all names that it has.
    ///
    /// @return how many rows were written
    int store(Handle handle, Circumstances all, List<Judged> judged) {
        var open = open(handle, all);
        int written = 0;
        for (var each : judged) {
            written += store(handle, all, each, Optional.ofNullable(open.remove(each.name()))) ? 1 : 0;
        }
        // of names that the image has no more
        open.values().forEach(row -> close(handle, all, row.id(), later(all.at(), row.at())));
        return written;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /// Writes a row and an event where the verdict says something else than the one before, and else nothing.
    ///
    /// @return whether a row was written
    private boolean store(Handle handle, Circumstances all, Judged judged, Optional<Open> before) {
        var said = Said.of(judged.verdict());
        if (before.isPresent() && isSame(before.get(), said, all.policy())) {
            if (mustBeAskedEarlier(before.get().next(), judged.verdict().change(), all.at())
                    || !before.get().stale().equals(stale(all, judged.verdict()))) {
                reschedule(handle, all, before.get().id(), judged);
            }
            return false;
        }
        var causes = causes(all, judged.verdict(), before);
        var at = before.map(row -> later(all.at(), row.at())).orElse(all.at());
        before.ifPresent(row -> close(handle, all, row.id(), at));
        long id = insert(handle, all, judged, said, causes, at);
        if (before.isEmpty() || !before.get().said().equals(said)) {
            EventLog.add(
                    handle,
                    List.of(new Event(
                            PolicyEvent.id(id, all.digest(), judged.name()),
                            all.accountId(),
                            EventKind.POLICY_EVAL,
                            causes,
                            at,
                            Optional.of(all.imageId()),
                            judged.name(),
                            PolicyEvent.payload(all, before.map(Open::said), said, judged.verdict()),
                            all.quiet())));
        }
        return true;
    }

    /// Newer data puts its own age off with every revision: the instant that is written down comes, nothing changes
    /// then, and a later one is written. So a revision alone writes nothing.
    private static boolean mustBeAskedEarlier(Optional<NextChange> written, Optional<NextChange> now, Instant at) {
        if (written.isEmpty()) {
            return now.isPresent();
        }
        return !written.get().at().isAfter(at)
                || now.filter(change -> change.at().isBefore(written.get().at()))
                        .isPresent();
    }

    private static boolean isSame(Open before, Said said, Policy policy) {
        return before.said().equals(said)
                && before.bundle().equals(policy.sources().bundle())
                && before.bundleDigest().equals(policy.bundle().digest())
                && before.waiversDigest().equals(policy.waiversDigest());
    }

    /// The revision whose age a rule minds; empty where none does.
    private static Optional<Long> stale(Circumstances all, Verdict verdict) {
        return all.revision()
                .filter(_ -> verdict.results().stream()
                        .anyMatch(result -> result.gate().equals("vulnerabilities")
                                && result.trigger().equals("stale_feed_data")));
    }

    private EnumSet<Cause> causes(Circumstances all, Verdict verdict, Optional<Open> before) {
        var causes = EnumSet.noneOf(Cause.class);
        causes.addAll(all.causes());
        before.ifPresent(row -> {
            row.next()
                    .filter(change -> !change.at().isAfter(all.at()))
                    .ifPresent(change -> causes.add(TimeCauses.of(change.why())));
            if (row.stale().isPresent()
                    && !row.stale().equals(all.revision())
                    && stale(all, verdict).isEmpty()) {
                causes.add(Cause.DATA_STALE);
            }
            if (!row.engine().equals(engine)) {
                causes.add(Cause.ENGINE_CHANGED);
            }
            if (causes.isEmpty()) {
                causes.add(guessed(all.policy(), row));
            }
        });
        if (causes.isEmpty()) {
            causes.add(Cause.IMAGE_CHANGED);
        }
        return causes;
    }

    /// Where nobody gave one.
    private static Cause guessed(Policy policy, Open row) {
        if (!row.bundleDigest().equals(policy.bundle().digest())) {
            return Cause.POLICY_CHANGED;
        }
        return row.waiversDigest().equals(policy.waiversDigest()) ? Cause.ADVISORY_CHANGED : Cause.WAIVER_ADDED;
    }

    /// The rows that hold, by name.
    private static Map<String, Open> open(Handle handle, Circumstances all) {
        var found = new HashMap<String, Open>();
        handle.createQuery("""
                        select * from verdict
                        where account_id = :account and image_id = :image and valid_to is null""")
                .bind("account", all.accountId())
                .bind("image", all.imageId())
                .map((row, _) -> Map.entry(row.getString("name"), open(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Open open(ResultSet row) throws SQLException {
        return new Open(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                new Said(
                        row.getString("decision"),
                        row.getString("final_action"),
                        row.getString("reason"),
                        row.getString("explanation"),
                        row.getInt("stops"),
                        row.getInt("warns"),
                        row.getInt("allowlisted"),
                        row.getInt("waived"),
                        row.getInt("unjudged"),
                        ResultHashes.read(row.getBytes("results"))),
                Optional.ofNullable(row.getObject("bundle_id", Long.class)),
                row.getString("bundle_digest"),
                row.getString("waivers_digest"),
                row.getString("engine"),
                next(row.getTimestamp("next_change_at"), row.getString("next_change_why")),
                Optional.ofNullable(row.getObject("stale_revision_id", Long.class)));
    }

    private static Optional<NextChange> next(@Nullable Timestamp at, @Nullable String why) {
        return at == null || why == null ? Optional.empty() : Optional.of(new NextChange(at.toInstant(), why));
    }

    private static void close(Handle handle, Circumstances all, long id, Instant at) {
        handle.createUpdate("""
                        update verdict set valid_to = :at, next_change_at = null, next_change_why = null,
                            stale_revision_id = null
                        where account_id = :account and id = :id""")
                .bind("at", at)
                .bind("account", all.accountId())
                .bind("id", id)
                .execute();
    }

    /// The verdict says the same, and will be asked again at another time.
    private static void reschedule(Handle handle, Circumstances all, long id, Judged judged) {
        schedule(all, handle.createUpdate("""
                                update verdict set next_change_at = :next, next_change_why = :nextWhy,
                                    lease_until = :lease, lease_then = :then, stale_revision_id = :stale
                                where account_id = :account and id = :id"""), judged)
                .bind("account", all.accountId())
                .bind("id", id)
                .execute();
    }

    private static <T extends SqlStatement<T>> T schedule(Circumstances all, T statement, Judged judged) {
        var next = judged.verdict().change();
        var lease = judged.lease().apply(judged.verdict());
        return statement
                .bind("next", next.map(NextChange::at).orElse(null))
                .bind("nextWhy", next.map(NextChange::why).orElse(null))
                .bind("lease", lease.map(Lease::until).orElse(null))
                .bind("then", lease.map(found -> found.then().name()).orElse(null))
                .bind("stale", stale(all, judged.verdict()).orElse(null));
    }

    private long insert(Handle handle, Circumstances all, Judged judged, Said said, Set<Cause> causes, Instant at) {
        return schedule(all, handle.createQuery("""
                                insert into verdict (account_id, image_id, name, decision, final_action, reason,
                                    explanation, stops, warns, allowlisted, waived, unjudged, results, bundle_id,
                                    bundle_digest, waivers_digest, revision_id, engine, causes, at, next_change_at,
                                    next_change_why, lease_until, lease_then, stale_revision_id)
                                values (:account, :image, :name, :decision, :action, :reason, :explanation, :stops,
                                    :warns, :allowlisted, :waived, :unjudged, :results, :bundle, :bundleDigest,
                                    :waiversDigest, :revision, :engine, :causes, :at, :next, :nextWhy, :lease, :then,
                                    :stale)
                                returning id"""), judged)
                .bind("account", all.accountId())
                .bind("image", all.imageId())
                .bind("name", judged.name())
                .bind("decision", said.decision())
                .bind("action", said.finalAction())
                .bind("reason", said.reason())
                .bind("explanation", said.explanation())
                .bind("stops", said.stops())
                .bind("warns", said.warns())
                .bind("allowlisted", said.allowlisted())
                .bind("waived", said.waived())
                .bind("unjudged", said.unjudged())
                .bind("results", said.results().bytes())
                .bind("bundle", all.policy().sources().bundle().orElse(null))
                .bind("bundleDigest", all.policy().bundle().digest())
                .bind("waiversDigest", all.policy().waiversDigest())
                .bind("revision", all.revision().orElse(null))
                .bind("engine", engine)
                .bindArray(
                        "causes", String.class, causes.stream().map(Enum::name).toList())
                .bind("at", at)
                .mapTo(Long.class)
                .one();
    }
}
