import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Measures the service as docs/server.md starts it, over images that are made up, and prints a table; see bench/server.
public final class ServerBench {

    private static final int BASES = 200;
    private static final int OF_BASE = 300;
    private static final int OF_IMAGE = 150;
    private static final int DISTRIBUTION = 35_000;
    private static final int LANGUAGE = 25_000;
    private static final int NAMES = 9_000;
    /// Advisories of the first revision, of each ecosystem.
    private static final int ADVISORIES = 3_000;
    /// Advisories that the second revision changes, of packages that one image in ten has.
    private static final int CHANGED = 500;

    private static final String FRAME_NAME = "registry.example/shop/storefront:1.4";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Path root;
    private final Path work;
    private final int images;
    private final int clients;
    private final int port;
    private final Path data;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final List<String> table = new ArrayList<>();

    private Process server;
    private String key = "";

    private ServerBench(Path root, Map<String, String> options) throws IOException {
        this.root = root;
        this.images = Integer.parseInt(options.getOrDefault("images", "20000"));
        this.clients = Integer.parseInt(options.getOrDefault("clients", "4"));
        this.port = Integer.parseInt(options.getOrDefault("port", "8338"));
        this.work = options.containsKey("work")
                ? Files.createDirectories(Path.of(options.get("work")))
                : Files.createTempDirectory("bench-server");
        this.data = work.resolve("data");
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            var equals = arguments[i].indexOf('=');
            if (!arguments[i].startsWith("--") || equals < 0) {
                System.err.println("bench/server: '" + arguments[i] + "' is no option; write --images=2000");
                System.exit(1);
            }
            options.put(arguments[i].substring(2, equals), arguments[i].substring(equals + 1));
        }
        var bench = new ServerBench(Path.of(arguments[0]), options);
        // whoever interrupts the bench ends the server with it
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (bench.server != null) {
                bench.server.destroy();
            }
        }));
        try {
            bench.run(Set.of(options.getOrDefault("only", "start,load,verdict,revision,kev,webhooks").split(",")));
        } finally {
            bench.stop(false);
            System.out.println("\n| what | measured | aim |\n|---|---|---|");
            bench.table.forEach(System.out::println);
        }
    }

    private void run(Set<String> parts) throws Exception {
        say("work folder " + work + ", " + images + " images");
        build("monday", 0, false);
        start();
        importData("monday");
        if (parts.contains("load")) {
            load();
        }
        if (parts.contains("start")) {
            startWithData();
        }
        if (parts.contains("verdict")) {
            verdicts();
        }
        try (var receiver = new Receiver()) {
            if (parts.contains("webhooks")) {
                subscribeFlaky(receiver);
            }
            if (parts.contains("revision")) {
                build("tuesday", 1, false);
                revision();
            }
            if (parts.contains("kev")) {
                build("wednesday", 1, true);
                exploited(receiver);
            }
            if (parts.contains("webhooks")) {
                webhooks(receiver);
            }
        }
    }

    private void row(String what, String measured, String aim) {
        table.add("| " + what + " | " + measured + " | " + aim + " |");
        say(what + ": " + measured + " (aim " + aim + ")");
    }

    private static void say(String words) {
        System.err.println("bench/server: " + words);
    }

    // The server -------------------------------------------------------------------------------------------------------

    /// @return milliseconds until it was ready
    private long start() throws Exception {
        var log = work.resolve("server.log").toFile();
        var begin = System.nanoTime();
        server = new ProcessBuilder(
                        root.resolve("plimsoll").toString(),
                        "server",
                        "--data-folder",
                        data.toString(),
                        "--port",
                        Integer.toString(port),
                        "--private-destinations",
                        "127.0.0.1",
                        "--notify-retry-schedule",
                        String.join(",", java.util.Collections.nCopies(60, "1s")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        while (!ready()) {
            if (!server.isAlive()) {
                throw new IllegalStateException("the server ended: " + Files.readString(log.toPath()));
            }
            Thread.sleep(20);
        }
        var took = (System.nanoTime() - begin) / 1_000_000;
        var keyFile = work.resolve("key");
        for (int i = 0; key.isEmpty() && i < 100; i++) {
            var said = Files.readString(log.toPath());
            var at = said.indexOf("first key");
            if (Files.exists(keyFile)) {
                key = Files.readString(keyFile);
            } else if (at >= 0) {
                key = said.substring(said.indexOf(": ", at) + 2).lines().findFirst().orElse("").strip();
                Files.writeString(keyFile, key);
            } else {
                Thread.sleep(100);
            }
        }
        return took;
    }

    private boolean ready() {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    /// The launcher is the process itself: it ends by becoming Java.
    private void stop(boolean kill) throws InterruptedException {
        if (server == null) {
            return;
        }
        if (kill) {
            server.destroyForcibly();
        } else {
            server.destroy();
        }
        server.waitFor(60, TimeUnit.SECONDS);
    }

    private void startWithData() throws Exception {
        stop(false);
        var times = new ArrayList<Long>();
        for (int i = 0; i < 3; i++) {
            times.add(start());
            if (i < 2) {
                stop(false);
            }
        }
        times.sort(null);
        Thread.sleep(10_000);
        var status = Files.readString(Path.of("/proc/" + server.pid() + "/status"));
        var memory = status.lines().filter(line -> line.startsWith("VmRSS")).findFirst().orElse("VmRSS: 0 kB");
        row(
                "start to ready, existing data; idle memory",
                String.format("%.1f s (of three: %s ms); %d MB", times.get(1) / 1e3, times, number(memory) / 1024),
                "≤ 3 s; ≤ 300 MB");
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    private Answer ask(String method, String path, HttpRequest.BodyPublisher body, String type) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .timeout(Duration.ofMinutes(10))
                .header("authorization", "Bearer " + key)
                .header("content-type", type)
                .method(method, body)
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private record Answer(int status, String body) {

        Answer ok() {
            if (status / 100 != 2) {
                throw new IllegalStateException("status " + status + ": " + body);
            }
            return this;
        }

        /// The first member of that name, wherever it stands.
        String member(String name) {
            var found = Pattern.compile("\"" + name + "\":\\s*(?:\"([^\"]*)\"|([0-9a-z.]+))").matcher(body);
            return !found.find() ? "" : found.group(1) != null ? found.group(1) : found.group(2);
        }
    }

    private Answer get(String path) throws Exception {
        return ask("GET", path, BodyPublishers.noBody(), "application/json").ok();
    }

    private Answer post(String path, String json) throws Exception {
        return ask("POST", path, BodyPublishers.ofString(json), "application/json").ok();
    }

    // Advisory data ----------------------------------------------------------------------------------------------------

    /// Makes a database of feeds that are made up.
    ///
    /// @param day 0: the special packages are not hit; 1: they are
    private void build(String name, int day, boolean exploited) throws Exception {
        var file = work.resolve(name + ".db");
        if (Files.exists(file)) {
            return;
        }
        var feeds = work.resolve("feeds-" + name);
        var osv = Files.createDirectories(feeds.resolve("ghsa"));
        for (int i = 0; i < ADVISORIES; i++) {
            advisory(osv, i, "Debian:12", "d" + i, "5.0.0-1", i % 10 == 0 ? "HIGH" : "MODERATE");
            advisory(osv, ADVISORIES + i, "npm", "l" + i, "5.0.0", i % 10 == 0 ? "HIGH" : "MODERATE");
        }
        for (int i = 0; i < CHANGED; i++) {
            advisory(osv, 2 * ADVISORIES + i, "npm", "s" + i, day == 0 ? "0.0.1" : "9.0.0", "CRITICAL");
        }
        // the catalogue is there from the first day: what changes is one entry, not whether rules can be judged
        Files.writeString(
                Files.createDirectories(feeds.resolve("kev")).resolve("known_exploited_vulnerabilities.json"),
                """
                {"title":"t","catalogVersion":"2026.11.25","dateReleased":"2026-11-25T00:00:00.0000Z","count":1,"vulnerabilities":[%s]}
                """.formatted(entry("CVE-1999-0001") + (exploited ? "," + entry(cve(2 * ADVISORIES)) : "")));
        var process = new ProcessBuilder(
                        root.resolve("plimsoll").toString(), "db", "build", "-q", "--from", feeds.toString(), "--out", file.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("db build failed");
        }
    }

    private static String entry(String cve) {
        return """
                {"cveID":"%s","vendorProject":"x","product":"x","vulnerabilityName":"x","dateAdded":"2026-11-20","shortDescription":"x",
                "requiredAction":"x","dueDate":"2026-12-16","knownRansomwareCampaignUse":"Unknown","notes":"","cwes":[]}
                """.formatted(cve);
    }

    private static String cve(int number) {
        return "CVE-2026-" + (100_000 + number);
    }

    private static void advisory(Path folder, int number, String ecosystem, String name, String fixed, String severity)
            throws IOException {
        var id = String.format("GHSA-aaaa-%04d-%04d", number / 10_000, number % 10_000);
        var vector = severity.equals("CRITICAL")
                ? "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
                : "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N";
        Files.writeString(folder.resolve(id + ".json"), """
                {"schema_version":"1.6.0","id":"%s","modified":"2026-11-24T00:00:00Z","aliases":["%s"],"summary":"made up",
                "severity":[{"type":"CVSS_V3","score":"%s"}],"affected":[{"package":{"ecosystem":"%s","name":"%s"},
                "ranges":[{"type":"%s","events":[{"introduced":"0"},{"fixed":"%s"}]}]}],"database_specific":{"severity":"%s"}}
                """.formatted(
                        id, cve(number), vector, ecosystem, name, ecosystem.equals("npm") ? "SEMVER" : "ECOSYSTEM", fixed, severity));
    }

    /// @return the revision's id
    private String importData(String name) throws Exception {
        var answer = ask("POST", "/revisions", BodyPublishers.ofFile(work.resolve(name + ".db")), "application/vnd.sqlite3").ok();
        var id = answer.member("id");
        var state = answer.member("state");
        while (state.equals("checking")) {
            Thread.sleep(50);
            state = get("/revisions/" + id).member("state");
        }
        if (state.equals("held")) {
            say("the revision is held: " + get("/revisions/" + id).member("reason") + "; released");
            post("/revisions/" + id + "/release", "");
            while (!get("/revisions/" + id).member("state").equals("active")) {
                Thread.sleep(50);
            }
        }
        return id;
    }

    /// Until no job waits or runs.
    private void idle() throws Exception {
        while (Stream.of("queued", "running").anyMatch(state -> {
            try {
                return get("/jobs?limit=1&state=" + state).body().contains("\"id\"");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })) {
            Thread.sleep(100);
        }
    }

    // Images -----------------------------------------------------------------------------------------------------------

    private void load() throws Exception {
        var inventories = new Inventories(root, work);
        var next = new AtomicInteger();
        var bytes = new AtomicLong();
        var begin = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var done = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < clients; i++) {
                done.add(threads.submit(() -> {
                    for (int image = next.getAndIncrement(); image < images; image = next.getAndIncrement()) {
                        var text = inventories.document(image).getBytes(StandardCharsets.UTF_8);
                        bytes.addAndGet(text.length);
                        ask(
                                        "POST",
                                        "/images/inventory?name=" + Inventories.name(image).replace("/", "%2F").replace(":", "%3A"),
                                        BodyPublishers.ofByteArray(text),
                                        "application/json")
                                .ok();
                        if (image % 1000 == 999) {
                            say((image + 1) + " images after " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
                        }
                    }
                    return null;
                }));
            }
            for (var each : done) {
                each.get();
            }
        }
        var taken = (System.nanoTime() - begin) / 1e9;
        idle();
        var judged = (System.nanoTime() - begin) / 1e9;
        row(
                String.format("%,d images loaded (%,d MB of facts, %d clients)", images, bytes.get() >> 20, clients),
                String.format("%.0f s, judged after %.0f s: %.0f a second", taken, judged, images / judged),
                "–");
        lists();
    }

    private void lists() throws Exception {
        var times = new ArrayList<Double>();
        var cursor = "";
        for (int page = 0; page < 50; page++) {
            var begin = System.nanoTime();
            var answer = get("/images?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            times.add((System.nanoTime() - begin) / 1e6);
            cursor = answer.member("next");
            if (cursor.isEmpty()) {
                break;
            }
        }
        row("list pages of 100 images", quantiles(times), "≤ 100 ms");
        times.clear();
        for (int i = 0; i < 50; i++) {
            var begin = System.nanoTime();
            get("/vulnerabilities/" + cve(i * 7 % ADVISORIES) + "/images?limit=1000");
            times.add((System.nanoTime() - begin) / 1e6);
        }
        row("which images have CVE-X (the first 1,000)", quantiles(times), "≤ 300 ms");
        row("database (its folder base)", String.format("%,d MB", databaseBytes() >> 20), "≤ 2 GB");
    }

    private long databaseBytes() throws IOException {
        try (var files = Files.walk(data.resolve("postgres"))) {
            return files.filter(file -> file.toString().contains("/base/"))
                    .mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    private static String quantiles(List<Double> milliseconds) {
        var sorted = milliseconds.stream().sorted().toList();
        return String.format(
                "p50 %.0f ms, p99 %.0f ms, most %.0f ms of %d",
                sorted.get(sorted.size() / 2),
                sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)),
                sorted.getLast(),
                sorted.size());
    }

    // Verdicts ---------------------------------------------------------------------------------------------------------

    /// Requests leave when their time has come, whether or not those before were answered, and are timed from then.
    private void verdicts() throws Exception {
        var digests = new ArrayList<String>();
        var matcher = Pattern.compile("\"digest\":\\s*\"(" + DIGEST + ")\"").matcher(get("/images?limit=1000").body());
        while (matcher.find()) {
            digests.add(matcher.group(1));
        }
        var rate = 200;
        var seconds = 30;
        var times = java.util.Collections.synchronizedList(new ArrayList<Double>());
        var failed = new AtomicInteger();
        for (int warm = 0; warm < 200; warm++) {
            get("/images/" + digests.get(warm % digests.size()) + "/verdict");
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var begin = System.nanoTime();
            for (int i = 0; i < rate * seconds; i++) {
                var due = begin + i * 1_000_000_000L / rate;
                var digest = digests.get(i % digests.size());
                while (System.nanoTime() < due) {
                    java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
                }
                threads.submit(() -> {
                    try {
                        get("/images/" + digest + "/verdict");
                    } catch (Exception e) {
                        failed.incrementAndGet();
                    }
                    times.add((System.nanoTime() - due) / 1e6);
                });
            }
        }
        row("verdict of a known digest, 200 a second for 30 s", quantiles(times) + ", " + failed + " failed", "p99 ≤ 50 ms");
    }

    // What changes -----------------------------------------------------------------------------------------------------

    private void revision() throws Exception {
        var before = messages();
        var begin = System.nanoTime();
        importData("tuesday");
        var active = (System.nanoTime() - begin) / 1e9;
        idle();
        var judged = (System.nanoTime() - begin) / 1e9;
        row(
                "a revision of 500 changed advisories that hit " + images / 10 + " images",
                String.format("active after %.1f s, verdicts rewritten after %.1f s; %d messages queued", active, judged, messages() - before),
                "≤ 20 s");
    }

    private int messages() throws Exception {
        return ids("").size();
    }

    /// Ids of all messages in a state, in all where it is empty.
    private Set<String> ids(String state) throws Exception {
        var found = new LinkedHashSet<String>();
        var cursor = "";
        do {
            var page = get("/deliveries?limit=1000" + (state.isEmpty() ? "" : "&state=" + state)
                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            var matcher = Pattern.compile("\"id\":\\s*\"([^\"]+)\"").matcher(page.body());
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
            cursor = page.member("next");
        } while (!cursor.isEmpty());
        return found;
    }

    private void exploited(Receiver receiver) throws Exception {
        channel("kev", receiver.url("/kev"));
        post(
                "/subscriptions",
                "{\"name\":\"kev\",\"channel\":\"kev\",\"kinds\":[\"vuln_update\"],\"filter\":{\"known_exploited\":true},"
                        + "\"grouping\":\"cve\",\"window_seconds\":0}");
        var begin = System.nanoTime();
        importData("wednesday");
        while (receiver.first("/kev") == 0 && System.nanoTime() - begin < 120_000_000_000L) {
            Thread.sleep(10);
        }
        var first = receiver.first("/kev");
        row(
                "one entry of KEV → message out",
                first == 0 ? "none in 120 s" : String.format("%.1f s", (first - begin) / 1e9),
                "≤ 10 s");
        idle();
    }

    private void channel(String name, String url) throws Exception {
        post("/channels", "{\"name\":\"" + name + "\",\"kind\":\"webhook\",\"settings\":{\"url\":\"" + url + "\"}}");
    }

    /// Messages gather for a channel that is paused.
    private void subscribeFlaky(Receiver receiver) throws Exception {
        channel("flaky", receiver.url("/flaky"));
        ask("PATCH", "/channels/flaky", BodyPublishers.ofString("{\"state\":\"paused\"}"), "application/json").ok();
        // each image that a revision hits is told of once by each subscription
        for (int i = 0; i < Math.max(1, Math.ceilDiv(5_000, Math.max(1, images / 10))); i++) {
            post(
                    "/subscriptions",
                    "{\"name\":\"flaky" + i + "\",\"channel\":\"flaky\",\"kinds\":[\"vuln_update\"],\"filter\":{},"
                            + "\"grouping\":\"none\",\"window_seconds\":0}");
        }
    }

    private void webhooks(Receiver receiver) throws Exception {
        Set<String> wanted = Set.of();
        for (var now = ids("queued"); now.size() > wanted.size() || now.isEmpty(); now = ids("queued")) {
            wanted = now;
            Thread.sleep(3_000);
        }
        say(wanted.size() + " messages wait");
        var begin = System.nanoTime();
        ask("PATCH", "/channels/flaky", BodyPublishers.ofString("{\"state\":\"active\"}"), "application/json").ok();
        for (int kill = 1; kill <= 3; kill++) {
            Thread.sleep(3_000);
            say("killing the server, " + receiver.accepted("/flaky").size() + " accepted so far");
            stop(true);
            start();
        }
        var missing = new TreeSet<>(wanted);
        while (!missing.isEmpty() && System.nanoTime() - begin < 1_800_000_000_000L) {
            Thread.sleep(500);
            missing.removeAll(receiver.accepted("/flaky"));
        }
        row(
                String.format("%,d webhooks, the receiver fails half the time, the server killed (-9) three times", wanted.size()),
                String.format(
                        "%d lost, all accepted after %.0f s; %d requests, %d accepted twice or more",
                        missing.size(),
                        (System.nanoTime() - begin) / 1e9,
                        receiver.requests("/flaky"),
                        receiver.repeated("/flaky")),
                "none lost");
    }

    /// Takes webhooks: fails every second request to `/flaky`, by chance, and remembers which messages it accepted.
    private static final class Receiver implements AutoCloseable {

        private final HttpServer http;
        private final Map<String, Map<String, Integer>> accepted = new ConcurrentHashMap<>();
        private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
        private final Map<String, Long> first = new ConcurrentHashMap<>();
        private final Random chance = new Random(1);

        Receiver() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/", this::take);
            http.start();
        }

        String url(String path) {
            return "http://127.0.0.1:" + http.getAddress().getPort() + path;
        }

        private void take(HttpExchange exchange) throws IOException {
            var path = exchange.getRequestURI().getPath();
            requests.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            boolean fails;
            synchronized (chance) {
                fails = path.equals("/flaky") && chance.nextBoolean();
            }
            var id = exchange.getRequestHeaders().getFirst("webhook-id");
            if (!fails && id != null) {
                first.putIfAbsent(path, System.nanoTime());
                accepted.computeIfAbsent(path, _ -> new ConcurrentHashMap<>()).merge(id, 1, Integer::sum);
            }
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
            exchange.close();
        }

        Set<String> accepted(String path) {
            return accepted.getOrDefault(path, Map.of()).keySet();
        }

        long repeated(String path) {
            return accepted.getOrDefault(path, Map.of()).values().stream().filter(count -> count > 1).count();
        }

        int requests(String path) {
            return requests.getOrDefault(path, new AtomicInteger()).get();
        }

        long first(String path) {
            return first.getOrDefault(path, 0L);
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }

    /// Inventories that are made up: a base of 200 gives 300 packages of a distribution in its lower layer, 150 packages of
    /// languages are an image's own. An inventory that the program wrote gives the frame.
    private static final class Inventories {

        private final String frame;
        private final List<String> frameDigests;
        private final String[] distribution = new String[DISTRIBUTION];
        private final String[] language = new String[LANGUAGE];
        private final String[] bases = new String[BASES];

        Inventories(Path root, Path work) throws Exception {
            var file = work.resolve("frame.json");
            var process = new ProcessBuilder(
                            root.resolve("plimsoll").toString(),
                            "sbom",
                            root.resolve("examples/storefront.tar").toString(),
                            "-o",
                            "inventory=" + file)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("cannot write a frame");
            }
            var text = Files.readString(file);
            var from = text.indexOf("\"packages\":");
            var to = text.indexOf("\"files\":", from);
            frame = text.substring(0, from) + "\"packages\":[@packages@]," + text.substring(to);
            var image = text.substring(text.indexOf("\"image\":"), from);
            var digests = new LinkedHashMap<String, Boolean>();
            var matcher = DIGEST.matcher(image);
            while (matcher.find()) {
                digests.put(matcher.group(), true);
            }
            // the image's id, then its layers, the lowest first
            frameDigests = List.copyOf(digests.keySet());
            var chance = new Random(1);
            for (int i = 0; i < DISTRIBUTION; i++) {
                distribution[i] = debian(i, chance);
            }
            for (int i = 0; i < LANGUAGE; i++) {
                language[i] = npm("l" + i % NAMES, version(chance), i);
            }
            for (int i = 0; i < BASES; i++) {
                bases[i] = drawn(distribution, OF_BASE, new Random(1_000 + i));
            }
        }

        static String name(int image) {
            return "registry.example/team" + image % 20 + "/app" + image % 200 + ":" + image;
        }

        private static String version(Random chance) {
            return chance.nextInt(10) + "." + chance.nextInt(20) + "." + chance.nextInt(10);
        }

        private static String debian(int i, Random chance) {
            var name = "d" + i % NAMES;
            var version = version(chance) + "-" + (1 + i / NAMES);
            return """
                    {"purl":"pkg:deb/debian/%s@%s?arch=amd64&distro=debian-12","type":"deb","name":"%s","version":"%s","source":{"name":"%s",\
                    "version":"%s"},"architecture":"amd64","modularity":"","evidence":"installed","analyzer":"dpkg-status/2",\
                    "locations":[{"path":"var/lib/dpkg/status","layer":0}],"layer":0,"licenses":[],"ownedFiles":[]}"""
                    .formatted(name, version, name, version, name, version);
        }

        private static String npm(String name, String version, int place) {
            return """
                    {"purl":"pkg:npm/%s@%s","type":"npm","name":"%s","version":"%s","architecture":"","modularity":"","evidence":"installed",\
                    "analyzer":"node-package/1","locations":[{"path":"app/node_modules/p%d/package.json","layer":1}],"layer":1,\
                    "licenses":["MIT"],"ownedFiles":[]}"""
                    .formatted(name, version, name, version, place);
        }

        private static String drawn(String[] pool, int count, Random chance) {
            var chosen = new TreeSet<Integer>();
            while (chosen.size() < count) {
                chosen.add(chance.nextInt(pool.length));
            }
            var text = new StringBuilder();
            chosen.forEach(i -> text.append(text.isEmpty() ? "" : ",").append(pool[i]));
            return text.toString();
        }

        /// One image in ten has one of the packages that the second revision hits.
        String document(int image) {
            var packages = bases[image % BASES] + ","
                    + drawn(language, image % 10 == 0 ? OF_IMAGE - 1 : OF_IMAGE, new Random(1_000_000 + image))
                    + (image % 10 == 0 ? "," + npm("s" + image / 10 % CHANGED, "1.0.0", LANGUAGE) : "");
            var text = frame.replace("@packages@", packages).replace(FRAME_NAME, name(image));
            text = text.replace(frameDigests.get(0), digest("image", image));
            text = text.replace(frameDigests.get(1), digest("base", image % BASES));
            return text.replace(frameDigests.get(2), digest("own", image));
        }

        private static String digest(String kind, int number) {
            try {
                var bytes = java.security.MessageDigest.getInstance("SHA-256")
                        .digest((kind + number).getBytes(StandardCharsets.UTF_8));
                return "sha256:" + java.util.HexFormat.of().formatHex(bytes);
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
