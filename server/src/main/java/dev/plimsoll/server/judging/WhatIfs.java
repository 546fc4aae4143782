package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.Verdict.BundleReference;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.simulation.SimulatedImage;
import dev.plimsoll.policy.simulation.Simulation;
import dev.plimsoll.policy.simulation.Simulation.Unread;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.SimulationJson;
import dev.plimsoll.report.SimulationTable;
import dev.plimsoll.server.advisories.Revision;
import dev.plimsoll.server.advisories.Revisions;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.jobs.JobFailure;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.jobs.NewJob;
import dev.plimsoll.server.store.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;

/// The job that judges all images of an account by a candidate bundle and by the one that judges now, and tells what
/// would change. Writes no verdict. A job that is done again does it anew.
final class WhatIfs implements JobHandler {

    static final String KIND = "what-if";

    /// In images, between two words of progress.
    private static final int CHUNK = 200;

    private final Database database;
    private final Judge judge;
    private final Sweep sweep;

    WhatIfs(Database database, Judge judge, Sweep sweep) {
        this.database = database;
        this.judge = judge;
        this.sweep = sweep;
    }

    /// Queues one.
    ///
    /// @return its row
    static long queue(Handle handle, long accountId, long bundle, String by, Instant now) {
        long id = handle.createQuery("""
                        insert into what_if (account_id, bundle_id, state, created_at, created_by)
                        values (:account, :bundle, 'queued', :now, :by) returning id""")
                .bind("account", accountId)
                .bind("bundle", bundle)
                .bind("now", now)
                .bind("by", by)
                .mapTo(Long.class)
                .one();
        JobQueue.add(
                handle,
                new NewJob(
                        Optional.of(accountId),
                        NewJob.Lane.SWEEP,
                        KIND,
                        Long.toString(id),
                        new JsonObject(Map.of("what_if", new JsonNumber(BigDecimal.valueOf(id))))),
                now);
        return id;
    }

    @Override
    public String kind() {
        return KIND;
    }

    private record Plan(long id, long account, Policy current, Policy candidate, Optional<Long> revision) {}

    @Override
    public void run(Running job) throws IOException {
        long account = job.accountId().orElseThrow(() -> new JobFailure("the job " + job.id() + " has no account"));
        long id = job.payload()
                .number("what_if")
                .orElseThrow(() -> new JobFailure("the job " + job.id() + " names no what-if"))
                .longValue();
        var plan = database.jdbi().inTransaction(handle -> plan(handle, account, id));
        if (plan.isEmpty()) {
            return; // nobody wants it any more
        }
        try {
            var simulation = simulate(plan.get(), job);
            finish(account, id, "done", text(simulation));
        } catch (IOException | RuntimeException e) {
            // another attempt begins anew
            fail(account, id, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /// Whoever waits for it learns that nothing comes any more.
    @Override
    public void ended(Handle handle, Ended job) {
        handle.createUpdate("""
                        update what_if set state = 'failed', reason = :reason, finished_at = :now
                        where account_id = :account and id = :id and state <> 'done'""")
                .bind("reason", job.reason())
                .bind("now", judge.now())
                .bind("account", job.accountId().orElse(0L))
                .bind(
                        "id",
                        job.payload()
                                .number("what_if")
                                .map(BigDecimal::longValue)
                                .orElse(0L))
                .execute();
    }

    private Optional<Plan> plan(Handle handle, long account, long id) {
        return handle.createQuery("""
                        update what_if set state = 'running', reason = null where account_id = :account and id = :id
                        returning bundle_id""")
                .bind("account", account)
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .map(bundle -> {
                    var policies = judge.policies();
                    var sources = policies.sources(handle, account);
                    return new Plan(
                            id,
                            account,
                            policies.read(handle, account, sources),
                            policies.read(handle, account, new Policy.Sources(Optional.of(bundle), sources.waivers())),
                            Revisions.active(handle).map(Revision::id));
                });
    }

    private void finish(long account, long id, String state, String result) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                                update what_if set state = :state, result = :result, finished_at = :now
                                where account_id = :account and id = :id""")
                        .bind("state", state)
                        .bind("result", result)
                        .bind("now", judge.now())
                        .bind("account", account)
                        .bind("id", id)
                        .execute());
    }

    private void fail(long account, long id, String reason) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                                update what_if set state = 'failed', reason = :reason, finished_at = :now
                                where account_id = :account and id = :id""")
                        .bind("reason", reason)
                        .bind("now", judge.now())
                        .bind("account", account)
                        .bind("id", id)
                        .execute());
    }

    /// What became of one image.
    private record Outcome(List<SimulatedImage> images, List<Unread> unread) {}

    private Simulation simulate(Plan plan, Running job) throws IOException {
        var at = judge.now();
        var data = judge.data(plan.revision(), Optional.empty());
        var images = new ArrayList<SimulatedImage>();
        var unread = new ArrayList<Unread>();
        long after = 0;
        int done = 0;
        while (true) {
            var page = page(plan.account(), after);
            if (page.isEmpty()) {
                return new Simulation(
                        at,
                        List.of(reference(plan.candidate().bundle())),
                        List.of(reference(plan.current().bundle())),
                        images,
                        unread);
            }
            job.progress("judged " + done + " images so far");
            var futures = new ArrayList<Future<Outcome>>();
            page.forEach(image -> futures.add(sweep.workers().submit(() -> simulate(plan, data, image, at))));
            for (var outcome : await(futures)) {
                images.addAll(outcome.images());
                unread.addAll(outcome.unread());
            }
            done += page.size();
            after = page.getLast();
        }
    }

    private static List<Outcome> await(List<Future<Outcome>> futures) throws IOException {
        var outcomes = new ArrayList<Outcome>();
        try {
            for (var future : futures) {
                outcomes.add(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while images were judged", e);
        } catch (ExecutionException e) {
            throw new IOException("an image could not be judged", e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
        return outcomes;
    }

    private List<Long> page(long account, long after) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select id from image where account_id = :account and id > :after and state = 'analyzed'
                                order by id limit :limit""")
                        .bind("account", account)
                        .bind("after", after)
                        .bind("limit", CHUNK)
                        .mapTo(Long.class)
                        .list());
    }

    private Outcome simulate(Plan plan, AdvisoryData.Revision data, long id, Instant at) {
        record Known(
                ImageRow image, List<String> names, Optional<dev.plimsoll.policy.background.FormerResult> former) {}
        var known = database.jdbi()
                .withHandle(handle -> ImageRow.byId(handle, id)
                        .filter(image -> image.accountId() == plan.account())
                        .map(image -> new Known(
                                image,
                                ImageRow.names(handle, id),
                                judge.firstSeen().of(handle, image, at))));
        if (known.isEmpty() || known.get().image().inventoryObject().isEmpty()) {
            return new Outcome(List.of(), List.of());
        }
        var image = known.get().image();
        try {
            var object = image.inventoryObject().orElseThrow();
            var inventory = LeanInventories.suffice(plan.current().bundle())
                    ? judge.leanInventories().read(object, plan.candidate().bundle())
                    : judge.inventories().read(object);
            var matches = data.match(inventory);
            var images = new ArrayList<SimulatedImage>();
            for (var name :
                    known.get().names().isEmpty() ? List.of("") : known.get().names()) {
                var evidence =
                        Judge.evidence(inventory, matches, name, at, known.get().former());
                images.add(SimulatedImage.of(
                        image.digest(),
                        name.isEmpty() ? image.digest() : name,
                        evidence.name().equals(ImageName.ANY)
                                ? ""
                                : evidence.name().registry() + "/"
                                        + evidence.name().repository(),
                        judge.evaluate(plan.current(), evidence),
                        judge.evaluate(plan.candidate(), evidence),
                        judge.options().strict() ? Action.WARN : Action.STOP));
            }
            return new Outcome(images, List.of());
        } catch (IOException e) {
            return new Outcome(List.of(), List.of(new Unread(image.digest(), String.valueOf(e.getMessage()))));
        }
    }

    private static BundleReference reference(Bundle bundle) {
        return new BundleReference(bundle.id(), bundle.name(), bundle.formatVersion());
    }

    /// What the row holds: the simulation, and the table of it as people read it.
    private static String text(Simulation simulation) throws IOException {
        var written = new ByteArrayOutputStream();
        SimulationJson.write(simulation, written);
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            var tree = JsonReader.read(written.toByteArray(), JsonLimits.AUTHORED.withBytes(Long.MAX_VALUE));
            json.object(() -> json.member("simulation", tree)
                    .member("table", SimulationTable.of(simulation, Presentation.PLAIN)));
        } catch (JsonException e) {
            throw new IllegalStateException("what was written can be read", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
