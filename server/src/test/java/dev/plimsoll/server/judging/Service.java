package dev.plimsoll.server.judging;

import dev.plimsoll.advisory.osv.OsvFolder;
import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryWriter;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import dev.plimsoll.policy.background.FormerResult.FormerImage;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// The part of a service that judges, on a real database, with a clock that tests move. Vulnerabilities are given as
/// `NAME-fixed-in-VERSION`: each revision of the data is a list of such records of npm packages.
final class Service implements AutoCloseable {

    static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    final TestDatabase test = TestDatabase.create();
    final Path folder;
    final FolderObjects objects;
    final long account = TestApi.account(test.database(), "first");
    final Map<Long, Dated> revisions = new ConcurrentHashMap<>();

    /// Since when vulnerabilities hit packages.
    final Map<String, Instant> matchedFrom = new ConcurrentHashMap<>();

    /// Since when vulnerabilities are known to be exploited; empty where no data tells of that.
    final Map<String, Instant> exploited = new ConcurrentHashMap<>();

    /// Run when advisory data has been opened.
    volatile Runnable opened = () -> {};

    final Judge judge;
    final Sweep sweep;
    final VerdictTimer timer;
    final TestApi api;

    private volatile Instant now = START;

    /// Whether somebody knows since when vulnerabilities hit images.
    boolean tellsFirstSeen = true;
    private int images;

    Service(Path folder) throws IOException {
        this.folder = folder;
        this.objects = new FolderObjects(folder.resolve("objects"), folder.resolve("cache"));
        var database = test.database();
        this.judge = judge(database);
        this.sweep = new Sweep(database, judge, 2);
        this.timer = new VerdictTimer(database, sweep, this::now);
        var routes = new ArrayList<Route>();
        routes.addAll(new BundleRoutes(database, this::now).routes());
        routes.addAll(new WaiverRoutes(database, this::now).routes());
        routes.addAll(new VerdictRoutes(database).routes());
        routes.addAll(new CheckRoutes(database, judge, "test").routes());
        routes.addAll(new WhatIfRoutes(database, this::now).routes());
        this.api = new TestApi(routes).as(account, Role.ADMIN);
    }

    /// Another service on the same store.
    Judge judge(dev.plimsoll.server.store.Database database) {
        return new Judge(
                database,
                new Inventories(objects, 1 << 20),
                this::data,
                this::firstSeen,
                EvaluationOptions.DEFAULT,
                this::now,
                "test");
    }

    Service milliseconds(int milliseconds) {
        now = now.plusMillis(milliseconds);
        return this;
    }

    private AdvisoryData.Revision data(long id, Optional<Instant> at) {
        var dated = Objects.requireNonNull(revisions.get(id));
        var known = new HashSet<String>();
        exploited.forEach((cve, since) -> {
            if (!since.isAfter(at.orElse(now))) {
                known.add(cve);
            }
        });
        var data = AdvisoryData.Revision.of(
                exploited.isEmpty() ? dated : new Dated(dated.records(), dated.at(), Optional.of(Set.copyOf(known))));
        opened.run();
        return data;
    }

    /// It is known to be exploited from now on, under whichever revision.
    void exploit(String cve) {
        exploited.put(cve, now);
        test.database()
                .jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into exploited (cve, added, ransomware, from_at) values (:cve, :now, false, :now)""")
                        .bind("cve", cve)
                        .bind("now", now)
                        .execute());
    }

    Instant now() {
        return now;
    }

    Service days(int days) {
        now = now.plus(Duration.ofDays(days));
        return this;
    }

    Service seconds(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
        return this;
    }

    private Optional<FormerResult> firstSeen(Handle handle, ImageRow image, Instant at) {
        var analyzed = image.analyzedAt().orElseThrow();
        if (!tellsFirstSeen || analyzed.isAfter(at)) {
            return Optional.empty();
        }
        var findings = new ArrayList<FormerFinding>();
        matchedFrom.forEach((id, from) -> {
            var name = id.substring("CVE-".length()).replaceAll("-.*", "");
            var since = from.isAfter(analyzed) ? from : analyzed;
            if (!since.isAfter(at)) {
                findings.add(new FormerFinding(
                        id,
                        List.of(id),
                        new FormerPackage("pkg:npm/" + name + "@0", "npm", name, "0"),
                        "high",
                        List.of("9"),
                        since,
                        Optional.of(since)));
            }
        });
        return Optional.of(new FormerResult(
                "1.3",
                new FormerImage(image.digest(), Optional.empty(), Optional.empty(), Optional.empty()),
                at,
                Optional.empty(),
                Optional.of(findings),
                List.of(),
                Optional.empty()));
    }

    /// An image that is analysed, with these packages of npm, `name@version`.
    ///
    /// @param tag registry/repository:tag, empty for none
    /// @return its row
    long image(String tag, String... packages) throws IOException {
        var hex = HexFormat.of().toHexDigits((long) ++images).repeat(4);
        var inventory = inventory(hex, packages);
        var object = objects.put(out -> InventoryWriter.write(inventory, out));
        return test.database().jdbi().inTransaction(handle -> {
            long id = handle.createQuery("""
                            insert into image (account_id, digest, state, inventory_object, added_at, analyzed_at)
                            values (:account, :digest, 'analyzed', :object, :now, :now) returning id""")
                    .bind("account", account)
                    .bind("digest", "sha256:" + hex)
                    .bind("object", object)
                    .bind("now", now)
                    .mapTo(Long.class)
                    .one();
            if (!tag.isEmpty()) {
                tag(handle, id, tag);
            }
            return id;
        });
    }

    /// The tag points to the image from now on.
    void tag(Handle handle, long image, String tag) {
        var parts = tag.split("[/:]", 3);
        handle.createUpdate("""
                        update tag set to_at = :now
                        where registry = :registry and repository = :repository and tag = :tag and to_at is null""")
                .bind("now", now)
                .bind("registry", parts[0])
                .bind("repository", parts[1])
                .bind("tag", parts[2])
                .execute();
        handle.createUpdate("""
                        insert into tag (account_id, registry, repository, tag, image_id, from_at)
                        values (:account, :registry, :repository, :tag, :image, :now)""")
                .bind("account", account)
                .bind("registry", parts[0])
                .bind("repository", parts[1])
                .bind("tag", parts[2])
                .bind("image", image)
                .bind("now", now)
                .execute();
    }

    static Inventory inventory(String hex, String... packages) {
        var items = new ArrayList<ImagePackage>();
        for (var text : packages) {
            var parts = text.split("@", -1);
            items.add(new ImagePackage(
                    PackageUrl.parse("pkg:npm/" + text).orElseThrow(),
                    PackageType.NPM,
                    parts[0],
                    parts[1],
                    Optional.empty(),
                    "",
                    "",
                    Evidence.INSTALLED,
                    "npm/1",
                    List.of(new Location("app/node_modules/" + parts[0] + "/package.json", OptionalInt.of(0))),
                    OptionalInt.of(0),
                    List.of("MIT"),
                    List.of(),
                    Optional.empty()));
        }
        return new Inventory(
                new ImageFacts(
                        "registry",
                        List.of(),
                        List.of(),
                        Optional.of(Digest.sha256(hex)),
                        Optional.of(Digest.sha256(hex)),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of()),
                Optional.empty(),
                items,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of("npm/1"),
                Optional.empty());
    }

    /// The next revision, active from now on.
    ///
    /// @param records `name severity fixed`, and an alias where one is wanted
    long revision(String... records) throws IOException {
        var place = Files.createTempDirectory(folder, "advisories");
        // a record of something that no image has, so that the ecosystem is covered
        record(place, "nothing LOW 1.0.0");
        for (var text : records) {
            record(place, text);
        }
        return test.database().jdbi().inTransaction(handle -> {
            handle.createUpdate("update revision set state = 'retired', active_to = :now where state = 'active'")
                    .bind("now", now)
                    .execute();
            long id = handle.createQuery("""
                            insert into revision (object, content, built_at, imported_at, origin, state, active_from, records)
                            values ('sha256:0', 'sha256:0', :now, :now, 'upload', 'active', :now, 1) returning id""").bind("now", now).mapTo(Long.class).one();
            revisions.put(id, new Dated(OsvFolder.read(place), now));
            return id;
        });
    }

    private void record(Path place, String text) throws IOException {
        var parts = text.split(" ", -1);
        var id = "CVE-" + parts[0] + "-" + parts[2];
        matchedFrom.putIfAbsent(id, now);
        Files.writeString(place.resolve(id + ".json"), """
                {"schema_version": "1.6.0", "id": "%s", "aliases": [%s], "modified": "2026-01-01T00:00:00Z", "published": "2026-01-01T00:00:00Z",
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}],
                 "database_specific": {"severity": "%s"}}""".formatted(
                        id, parts.length > 3 ? '"' + parts[3] + '"' : "", parts[0], parts[2], parts[1]));
    }

    /// A bundle that stops on vulnerabilities of a severity.
    ///
    /// @param extension member `plimsoll` of the bundle
    static String bundle(String id, String severity, String extension) {
        return """
                {"id": "%s", "name": "B", "version": "2", "plimsoll": %s,
                 "rule_sets": [{"id": "s", "name": "S", "version": "2", "rules": [
                    {"id": "r", "gate": "vulnerabilities", "trigger": "package", "action": "STOP",
                     "params": [{"name": "package_type", "value": "all"},
                       {"name": "severity_comparison", "value": ">="}, {"name": "severity", "value": "%s"}]}]}],
                 "allowlists": [],
                 "mappings": [{"id": "m", "name": "M", "registry": "*", "repository": "*",
                    "image": {"type": "tag", "value": "*"}, "rule_set_ids": ["s"], "allowlist_ids": []}]}""".formatted(id, extension, severity);
    }

    /// Uploads and activates a bundle, and does the job that follows.
    ///
    /// @return its row
    long activate(String document) throws IOException {
        var added = api.post("/api/v1/bundles", document);
        if (added.status() > 201) {
            throw new IllegalStateException(added.text());
        }
        long id = added.json().number("id").orElseThrow().longValue();
        var activated = api.post("/api/v1/bundles/" + id + "/activate", "");
        if (activated.status() != 200) {
            throw new IllegalStateException(activated.text());
        }
        work();
        return id;
    }

    /// Does the jobs that wait, in order.
    int work() throws IOException {
        var handlers = Map.of(
                AccountSweep.KIND,
                (JobHandler) new AccountSweep(test.database(), sweep),
                WhatIfs.KIND,
                new WhatIfs(test.database(), judge, sweep));
        record Job(long id, long account, String kind, String payload) {}
        var jobs = test.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select id, account_id, kind, payload from job where state = 'queued' order by id")
                        .map((row, _) -> new Job(
                                row.getLong("id"),
                                row.getLong("account_id"),
                                row.getString("kind"),
                                row.getString("payload")))
                        .list());
        for (var job : jobs) {
            Objects.requireNonNull(handlers.get(job.kind())).run(new DoneNow(job.id(), job.account(), job.payload()));
            test.database()
                    .jdbi()
                    .useHandle(handle -> handle.createUpdate("update job set state = 'done' where id = :id")
                            .bind("id", job.id())
                            .execute());
        }
        return jobs.size();
    }

    void judge(long image, Cause... causes) throws IOException {
        judge.judge(account, image, Set.of(causes), false);
    }

    String digest(long image) {
        return one("select digest from image where id = " + image, String.class);
    }

    <T> T one(String sql, Class<T> type) {
        return test.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(type).one());
    }

    <T> List<T> all(String sql, Class<T> type) {
        return test.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(type).list());
    }

    @Override
    public void close() {
        sweep.close();
        test.close();
    }
}
