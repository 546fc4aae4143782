package dev.plimsoll.server;

import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.accounts.Accounts;
import dev.plimsoll.server.accounts.AuditedRoutes;
import dev.plimsoll.server.advisories.ActiveData;
import dev.plimsoll.server.advisories.DataSourceRoutes;
import dev.plimsoll.server.advisories.DataSources;
import dev.plimsoll.server.advisories.FindingRoutes;
import dev.plimsoll.server.advisories.Matches;
import dev.plimsoll.server.advisories.RejudgeJob;
import dev.plimsoll.server.advisories.RevisionAudit;
import dev.plimsoll.server.advisories.RevisionImport;
import dev.plimsoll.server.advisories.RevisionJob;
import dev.plimsoll.server.advisories.RevisionRoutes;
import dev.plimsoll.server.advisories.RevisionSettings;
import dev.plimsoll.server.advisories.StoredPackages;
import dev.plimsoll.server.api.ApiDocument;
import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.http.Authenticator;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.images.AnalysisLimits;
import dev.plimsoll.server.images.ImageAnalysis;
import dev.plimsoll.server.images.ImageRegistry;
import dev.plimsoll.server.images.ImageRoutes;
import dev.plimsoll.server.images.InventoryRoutes;
import dev.plimsoll.server.images.JudgeImage;
import dev.plimsoll.server.images.Judging;
import dev.plimsoll.server.images.RegistryCredentials;
import dev.plimsoll.server.images.StoredLayers;
import dev.plimsoll.server.images.Submissions;
import dev.plimsoll.server.images.TagRoutes;
import dev.plimsoll.server.images.TagWatcher;
import dev.plimsoll.server.images.Watches;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.jobs.JobRoutes;
import dev.plimsoll.server.jobs.JobSettings;
import dev.plimsoll.server.jobs.JobWorkers;
import dev.plimsoll.server.jobs.Jobs;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.judging.BundleRoutes;
import dev.plimsoll.server.judging.CheckRoutes;
import dev.plimsoll.server.judging.FlipForecast;
import dev.plimsoll.server.judging.Inventories;
import dev.plimsoll.server.judging.Judge;
import dev.plimsoll.server.judging.JudgingJobs;
import dev.plimsoll.server.judging.MatchHistory;
import dev.plimsoll.server.judging.RevisionData;
import dev.plimsoll.server.judging.Sweep;
import dev.plimsoll.server.judging.VerdictRoutes;
import dev.plimsoll.server.judging.VerdictTimer;
import dev.plimsoll.server.judging.WaiverRoutes;
import dev.plimsoll.server.judging.WhatIfRoutes;
import dev.plimsoll.server.monitoring.Health;
import dev.plimsoll.server.monitoring.Metrics;
import dev.plimsoll.server.monitoring.QueueDepths;
import dev.plimsoll.server.notify.Notifications;
import dev.plimsoll.server.notify.RetrySchedule;
import dev.plimsoll.server.notify.email.EmailChannel;
import dev.plimsoll.server.notify.jira.JiraChannel;
import dev.plimsoll.server.notify.outbound.AllowedPlaces;
import dev.plimsoll.server.notify.outbound.GuardedOutbound;
import dev.plimsoll.server.notify.outbound.GuardedSockets;
import dev.plimsoll.server.notify.outbound.Resolver;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.slack.SlackChannel;
import dev.plimsoll.server.notify.webhook.WebhookKind;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/// Every area of the service, made once and handed what it needs: what it answers, and what it does by itself. Nothing
/// runs until somebody starts it.
final class Areas implements AutoCloseable {

    /// In bytes, of inventories that were read and may be asked for again.
    private static final long REMEMBERED_INVENTORIES = 64L << 20;

    private static final List<String> ROLES = List.of("api", "worker", "notifier");

    private final List<String> roles;
    private final List<Route> routes = new ArrayList<>();
    private final List<Periodic> periodics = new ArrayList<>();
    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final Accounts accounts;
    private final Jobs jobs;
    private final Sweep sweep;
    private final ActiveData data;
    private final DataSources sources;
    private final Notifications notifications;
    private final AtomicReference<Optional<JobWorkers>> workers = new AtomicReference<>(Optional.empty());

    Areas(
            Configuration configuration,
            Storage storage,
            Database database,
            Map<String, String> variables,
            InstantSource clock) {
        roles = configuration.words(Settings.ROLES, ROLES);
        var objects = storage.objects();
        var temporary = storage.places().temporary();
        accounts = new Accounts(database.jdbi(), storage.box(), clock);

        data = new ActiveData(database, objects);
        var judge = new Judge(
                database,
                new Inventories(objects, REMEMBERED_INVENTORIES),
                new RevisionData(data),
                new MatchHistory(),
                EvaluationOptions.DEFAULT,
                clock,
                Version.text());
        sweep = new Sweep(database, judge, Runtime.getRuntime().availableProcessors());
        var needs = new dev.plimsoll.server.judging.AnalysisNeeds(database, judge);
        Judging judging = (account, image, causes) -> {
            try {
                judge.judge(account, image, causes, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        var imports = new RevisionImport(database, objects, clock);
        var forecast = new FlipForecast(database, judge, sweep);
        var revisions = new RevisionJob(
                database,
                objects,
                data,
                (candidate, images) -> {
                    try {
                        return forecast.of(candidate.memory()::match, images).flips();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                revisionSettings(configuration),
                clock);
        var rejudging = new RejudgeJob(database, (_, causes, quiet) -> {
            try {
                sweep.judge(causes, quiet);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        sources = new DataSources(database, imports, clock);
        var packages = new StoredPackages(database, new Matches(data));

        var limits = new AnalysisLimits(
                configuration.time(Settings.ANALYSIS_TIMEOUT),
                AnalysisLimits.DEFAULTS.resolveTimeout(),
                AnalysisLimits.DEFAULTS.imageBytes(),
                AnalysisLimits.DEFAULTS.parallelism(),
                AnalysisLimits.DEFAULTS.image());
        var allowedRegistries = configuration.list(Settings.REGISTRIES);
        RegistryCredentials credentials = (account, registry) -> credential(accounts, account, registry);
        var registry = new ImageRegistry(
                credentials,
                host -> allowedRegistries.isEmpty() || allowedRegistries.contains(host),
                limits,
                "plimsoll/" + Version.text(),
                temporary,
                variables);
        var submissions = new Submissions(database, needs::of, clock);
        var watches = new Watches(clock);
        var analysis = new ImageAnalysis(
                database,
                objects,
                registry,
                (account, image, options) ->
                        ImageScanner.scan(image, options, new StoredLayers(database, objects, account)),
                needs::of,
                packages,
                judging,
                limits,
                clock);

        var handlers = new ArrayList<JobHandler>();
        handlers.add(analysis);
        handlers.add(new JudgeImage(judging));
        handlers.add(revisions);
        handlers.add(rejudging);
        handlers.addAll(JudgingJobs.of(database, judge, sweep));
        int analyses = configuration.number(Settings.ANALYSES, 1, 64);
        jobs = new Jobs(
                database, clock, JobSettings.DEFAULTS.withWorkers(analyses, analyses), metrics.jobs(), handlers);

        notifications = new Notifications(
                database, clock, storage.box(), channelKinds(configuration), notifyOptions(configuration));

        RevisionAudit audit =
                (handle, who, action, object) -> accounts.audit().add(handle, who, action, object, JsonObject.EMPTY);
        Runnable wake = () -> workers.get().ifPresent(JobWorkers::wake);
        storage.postgres()
                .ifPresent(postgres -> health.add("postgres", () -> {
                    if (postgres.problem().isPresent()) {
                        throw new IOException(postgres.problem().get());
                    }
                }));
        health.add("database", () -> database.jdbi().useHandle(handle -> handle.execute("select 1")));
        routes.addAll(health.routes());
        routes.add(metrics.route());
        routes.add(ApiDocument.read().route());
        routes.add(new Route(
                Method.GET,
                "/api/v1/version",
                Permission.NONE,
                _ -> Reply.json(json -> json.object(() -> json.member("version", Version.text())))));
        routes.addAll(accounts.routes());
        var audited = new AuditedRoutes(database.jdbi(), accounts.audit());
        routes.addAll(audited.of(new JobRoutes(jobs, wake, health::isClosing).routes()));
        // pipelines submit images all day: these are in the list of images, and no change of what is demanded
        routes.addAll(audited.exceptPosts(new ImageRoutes(database, submissions, watches, registry, wake).routes()));
        routes.addAll(audited.of(new TagRoutes(database, watches, registry).routes()));
        routes.addAll(new InventoryRoutes(database, objects, packages, registry, temporary, clock, Version.text(), wake)
                .routes());
        routes.addAll(new RevisionRoutes(database, imports, audit, clock).routes());
        routes.addAll(new DataSourceRoutes(database, audit, clock).routes());
        routes.addAll(new FindingRoutes(database).routes());
        routes.addAll(audited.of(new BundleRoutes(database, clock).routes()));
        routes.addAll(audited.of(new WaiverRoutes(database, clock).routes()));
        routes.addAll(new VerdictRoutes(database).routes());
        routes.addAll(new CheckRoutes(database, judge, Version.text()).routes());
        routes.addAll(audited.of(new WhatIfRoutes(database, clock).routes()));
        routes.addAll(audited.of(notifications.routes()));

        if (!roles.contains("api")) {
            routes.removeIf(route -> route.path().startsWith("/api/"));
        }
        periodics.add(accounts.tidying());
        periodics.add(depths(database));
        if (roles.contains("worker")) {
            periodics.addAll(jobs.upkeep());
            periodics.add(new TagWatcher(database, watches, registry, submissions, clock).periodic());
            periodics.add(sources.periodic());
            periodics.add(new VerdictTimer(database, sweep, clock).periodic());
        }
        if (roles.contains("notifier")) {
            periodics.addAll(notifications.periodics());
        }
    }

    private Periodic depths(Database database) {
        var depths = new QueueDepths(database);
        metrics.gauge("jobs", "Jobs that are not done, by state.", "state", depths::jobs);
        metrics.gauge("deliveries", "Messages that are not delivered, by state.", "state", depths::deliveries);
        return depths.periodic();
    }

    private static Optional<RegistryCredentials.Credential> credential(
            Accounts accounts, long account, String registry) {
        boolean insecure = accounts.registries().insecure(account).contains(registry);
        return accounts.registries()
                .of(account, registry)
                .map(found -> new RegistryCredentials.Credential(found.username(), found.password(), insecure));
    }

    private static RevisionSettings revisionSettings(Configuration configuration) {
        var standard = RevisionSettings.DEFAULT;
        return new RevisionSettings(
                configuration.number(Settings.DROP_LIMIT, 0, 100) / 100.0,
                standard.dropOfOne(),
                standard.counted(),
                configuration.number(Settings.FLIP_LIMIT, 0, 100) / 100.0,
                standard.flipsFrom(),
                standard.thresholds(),
                standard.threads());
    }

    private static List<ChannelKind> channelKinds(Configuration configuration) {
        AllowedPlaces allowed;
        SSLContext tls;
        try {
            allowed = AllowedPlaces.of(configuration.list(Settings.PRIVATE_DESTINATIONS));
            tls = SSLContext.getDefault();
        } catch (IllegalArgumentException e) {
            throw configuration.wrong(
                    Settings.PRIVATE_DESTINATIONS, "must be hosts, addresses or networks: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
        var sockets = new GuardedSockets(allowed, Resolver.ofSystem(), tls);
        var outbound = new GuardedOutbound(sockets, "plimsoll/" + Version.text());
        return List.of(
                new WebhookKind(outbound, WebhookKind.IN_FLIGHT),
                new SlackChannel(outbound),
                new JiraChannel(outbound),
                new EmailChannel(sockets, hostName()));
    }

    /// As mail servers want to be greeted.
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    private static Notifications.Options notifyOptions(Configuration configuration) {
        var standard = Notifications.Options.DEFAULT;
        Optional<URI> address;
        try {
            address = configuration.text(Settings.PUBLIC_URL).map(URI::create);
        } catch (IllegalArgumentException _) {
            throw configuration.wrong(Settings.PUBLIC_URL, "must be a URL such as https://plimsoll.example");
        }
        return new Notifications.Options(
                new RetrySchedule(configuration.times(Settings.RETRY_SCHEDULE)),
                configuration.time(Settings.DELIVERY_LEASE),
                address,
                standard.kept());
    }

    /// The table of routes.
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /// What runs again and again, as far as the roles of this copy go.
    List<Periodic> periodics() {
        return List.copyOf(periodics);
    }

    Authenticator authenticator() {
        return accounts.authenticator();
    }

    Metrics metrics() {
        return metrics;
    }

    Health health() {
        return health;
    }

    /// Begins to do jobs, where that is a role of this copy.
    void work() {
        if (roles.contains("worker")) {
            workers.set(Optional.of(JobWorkers.start(jobs)));
        }
    }

    @Override
    public void close() throws IOException {
        workers.get().ifPresent(JobWorkers::close);
        notifications.close();
        sources.close();
        sweep.close();
        data.close();
    }
}
