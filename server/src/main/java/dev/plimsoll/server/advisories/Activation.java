package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.database.DatabaseDifference;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.packages.PackageDictionary;
import dev.plimsoll.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Makes a revision the one that counts, in one transaction: whoever reads sees all of the former or all of the next.
final class Activation {

    /// For how long a match that ended is remembered: where it comes back by then, it hits since it first did; later,
    /// since it came back. A source that takes a record back for a day must not start a time to mend anew.
    static final Duration REMEMBERED = Duration.ofDays(30);

    /// Of the one transaction, which writes rows in sets.
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(10);

    private final Database database;
    private final InstantSource clock;

    Activation(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// What was computed of a revision.
    ///
    /// @param base the revision that it was compared with, empty for the first
    /// @param difference empty for the first
    /// @param computed packages whose changes are written down
    /// @param known the revision's catalogue of exploited vulnerabilities
    /// @param releases of distributions whose life cycle is another
    record Plan(
            long revision,
            Optional<Revision> base,
            Optional<DatabaseDifference> difference,
            SortedSet<Integer> computed,
            Map<String, Exploitation.Known> known,
            List<String> releases) {

        /// Whether every image must be judged again: there was nothing before, or a sort of data that was not there.
        boolean all() {
            return difference.isEmpty() || difference.get().exploitationCoverage();
        }
    }

    /// @param late computes the changes of packages that came after the plan was made
    /// @return whether it counts now; else another one was activated meanwhile, and the plan is void
    boolean activate(Plan plan, EffectStage late) {
        return database.jdbi().<Boolean, RuntimeException>inTransaction(handle -> {
            handle.execute("set local statement_timeout = " + LONGEST_STATEMENT.toMillis());
            Revisions.lockAlone(handle);
            var active = Revisions.active(handle);
            if (!active.map(Revision::id).equals(plan.base().map(Revision::id))) {
                return false;
            }
            var now = now(active);
            if (!retireAndActivate(handle, plan.revision(), now)) {
                // somebody refused it
                return true;
            }
            var missing = new TreeSet<>(AffectedPackages.toMatch(handle, plan.difference()));
            missing.removeAll(plan.computed());
            if (!missing.isEmpty()) {
                late.stage(handle, missing);
            }
            matches(handle, plan.revision(), now);
            var exploited = Exploited.apply(handle, plan.known(), false, now);
            plan.difference().ifPresent(difference -> {
                changes(handle, plan.revision(), difference.packages());
                touched(handle, plan.revision(), false, exploited.added(), Cause.KEV_ADDED);
                touched(handle, plan.revision(), false, exploited.others(), Cause.ADVISORY_CHANGED);
                touched(handle, plan.revision(), false, difference.crossed(), Cause.EPSS_CROSSED);
                packages(handle, plan.revision(), difference);
            });
            var summary = RevisionSummary.of(handle, plan, exploited);
            handle.createUpdate("update revision set summary = :summary where id = :id")
                    .bind("id", plan.revision())
                    .bind("summary", summary)
                    .execute();
            if (plan.all() || !plan.releases().isEmpty() || hasEffects(handle, plan.revision(), false)) {
                JobQueue.add(
                        handle,
                        new RejudgeOrder(
                                        plan.revision(), now, plan.base().isEmpty(), false, plan.all(), plan.releases())
                                .job(),
                        now);
            }
            return true;
        });
    }

    /// Leaves a revision for somebody to look at. New entries of the catalogue of exploited vulnerabilities count all
    /// the same: they only ever make verdicts stricter, and waiting for them is what an attacker hopes for.
    void hold(Plan plan, String reason) {
        database.jdbi().useTransaction(handle -> {
            Revisions.lockAlone(handle);
            var now = now(Revisions.active(handle));
            if (!Revisions.move(
                    handle,
                    plan.revision(),
                    Revision.State.CHECKING,
                    Revision.State.HELD,
                    Optional.of(reason),
                    Optional.empty())) {
                return;
            }
            handle.createUpdate("delete from revision_effect where revision_id = :id and not held")
                    .bind("id", plan.revision())
                    .execute();
            var exploited = Exploited.apply(handle, plan.known(), true, now);
            plan.difference().ifPresent(difference -> changes(handle, plan.revision(), difference.packages()));
            touched(handle, plan.revision(), true, exploited.added(), Cause.KEV_ADDED);
            handle.createUpdate("update revision set summary = :summary where id = :id")
                    .bind("id", plan.revision())
                    .bind("summary", RevisionSummary.of(handle, plan, exploited))
                    .execute();
            if (hasEffects(handle, plan.revision(), true)) {
                JobQueue.add(handle, new RejudgeOrder(plan.revision(), now, false, true, false, List.of()).job(), now);
            }
        });
    }

    /// Later than the activation before, however the clock went; as exact as the database keeps it.
    private Instant now(Optional<Revision> active) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var least = active.flatMap(Revision::activeFrom).map(from -> from.plus(1, ChronoUnit.MICROS));
        return least.isPresent() && now.isBefore(least.get()) ? least.get() : now;
    }

    private static boolean retireAndActivate(Handle handle, long revision, Instant now) {
        if (handle.createQuery("select state from revision where id = :id for update")
                .bind("id", revision)
                .mapTo(String.class)
                .findOne()
                .filter(Revision.State.CHECKING.word()::equals)
                .isEmpty()) {
            return false;
        }
        handle.createUpdate("update revision set state = 'retired', active_to = :now where state = 'active'")
                .bind("now", now)
                .execute();
        handle.createUpdate("update revision set state = 'active', active_from = :now, reason = null where id = :id")
                .bind("id", revision)
                .bind("now", now)
                .execute();
        return true;
    }

    private static void matches(Handle handle, long revision, Instant now) {
        handle.createUpdate("""
                        update match m set valid_to = :now, revision_to = :revision
                        from revision_effect e
                        where e.revision_id = :revision and not e.held and e.change <> 'touched'
                            and m.package_id = e.package_id and m.vulnerability = e.vulnerability and m.valid_to is null""").bind("revision", revision).bind("now", now).execute();
        handle.createUpdate("""
                        insert into match (package_id, vulnerability, ids, severity, fix_state, fixed_in, suppressed,
                            fingerprint, revision_from, from_at, valid_from)
                        select e.package_id, e.vulnerability, e.ids, e.severity, e.fix_state, e.fixed_in, e.suppressed,
                            e.fingerprint, e.revision_id,
                            coalesce((
                                select m.from_at from match m
                                where m.package_id = e.package_id and m.valid_to >= :remembered::timestamptz
                                    and m.suppressed is null and e.suppressed is null
                                    and (m.vulnerability = any(e.ids) or e.vulnerability = any(m.ids))
                                order by m.valid_to desc, m.from_at limit 1), :now::timestamptz),
                            :now::timestamptz
                        from revision_effect e
                        where e.revision_id = :revision and not e.held and e.change in ('added', 'changed', 'shown', 'hidden', 'silent')""")
                .bind("revision", revision)
                .bind("now", now)
                .bind("remembered", now.minus(REMEMBERED))
                .execute();
    }

    private static void changes(Handle handle, long revision, Collection<DatabaseDifference.PackageChange> packages) {
        for (var chunk : AffectedPackages.chunks(packages)) {
            handle.createUpdate("""
                            insert into revision_change (revision_id, ecosystem, name, kind)
                            select :revision, ecosystem, name, kind
                            from unnest(:ecosystems, :names, :kinds) as item (ecosystem, name, kind)
                            on conflict (revision_id, ecosystem, name) do update set kind = excluded.kind""")
                    .bind("revision", revision)
                    .bindArray(
                            "ecosystems",
                            String.class,
                            chunk.stream()
                                    .map(change -> change.ecosystem().toString())
                                    .toList())
                    .bindArray(
                            "names",
                            String.class,
                            chunk.stream()
                                    .map(DatabaseDifference.PackageChange::name)
                                    .toList())
                    .bindArray(
                            "kinds",
                            String.class,
                            chunk.stream().map(RevisionSummary::word).toList())
                    .execute();
        }
    }

    /// What is known of the exploitation of vulnerabilities is other: their matches stay, and images are judged again.
    private static void touched(Handle handle, long revision, boolean held, Set<String> cves, Cause cause) {
        for (var chunk : AffectedPackages.chunks(cves)) {
            handle.createUpdate("""
                            insert into revision_effect (revision_id, held, package_id, vulnerability, change, causes, ids,
                                severity, fix_state, fixed_in)
                            select :revision, :held, package_id, vulnerability, 'touched', array[:cause], ids, severity, fix_state,
                                fixed_in
                            from match where ids && :cves::text[] and valid_to is null and suppressed is null
                            on conflict (revision_id, held, package_id, vulnerability) do update set causes = (
                                select array_agg(distinct cause order by cause)
                                from unnest(revision_effect.causes || excluded.causes) as item (cause))""")
                    .bind("revision", revision)
                    .bind("held", held)
                    .bind("cause", cause.name())
                    .bindArray("cves", String.class, chunk)
                    .execute();
        }
    }

    /// Packages of products with another life cycle, and of ecosystems that there is data for now, or no more.
    private static void packages(Handle handle, long revision, DatabaseDifference difference) {
        var products = List.copyOf(difference.lifecycles());
        var found = new TreeSet<>(AffectedPackages.bySearch(
                handle, products.stream().map(_ -> PackageDictionary.PRODUCTS).toList(), products));
        for (var ecosystem : difference.coverage()) {
            found.addAll(AffectedPackages.of(handle, ecosystem));
        }
        if (!found.isEmpty()) {
            handle.createUpdate("""
                            insert into revision_effect (revision_id, held, package_id, vulnerability, change, causes)
                            select :revision, false, id, '', 'touched', array[:cause] from unnest(:packages) as item (id)
                            on conflict do nothing""")
                    .bind("revision", revision)
                    .bind("cause", Cause.ADVISORY_CHANGED.name())
                    .bindArray("packages", Integer.class, List.copyOf(found))
                    .execute();
        }
    }

    private static boolean hasEffects(Handle handle, long revision, boolean held) {
        return handle.createQuery(
                        "select exists (select from revision_effect where revision_id = :id and held = :held)")
                .bind("id", revision)
                .bind("held", held)
                .mapTo(Boolean.class)
                .one();
    }
}
