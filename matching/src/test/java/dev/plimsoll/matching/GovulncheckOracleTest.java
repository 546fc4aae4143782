package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.build.DatabaseBuilder;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.ScanOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that the test builds, from their bytes to findings, against records of the test's own in the form of Go's
/// database; `govulncheck -mode=binary` is the second opinion where it is there.
final class GovulncheckOracleTest {

    private static final String LIB = "example.org/lib";
    private static final String DOTTED = LIB + "/last.part";
    private static final String UNLINKED = LIB + "/unlinked";
    private static final int TIMEOUT_MINUTES = 10;

    /// What the second opinion says where a function is in the program.
    private static final Pattern FINDING = Pattern.compile(
            "\"finding\": \\{\\s*\"osv\": \"([^\"]+)\".*?\"trace\": \\[\\s*\\{(.*?)\\}", Pattern.DOTALL);

    /// @param imports as JSON
    /// @param systems on which it is a finding
    private record Case(String id, String module, String imports, List<String> systems, boolean compared) {}

    private static final List<String> EVERYWHERE = List.of("linux", "windows", "darwin");
    private static final List<String> NOWHERE = List.of();

    private static final List<Case> CASES = List.of(
            lib(1, EVERYWHERE, LIB, "\"Called\""),
            lib(2, NOWHERE, LIB, "\"Unused\""),
            lib(3, EVERYWHERE, LIB, "\"Tree.Pointer\""),
            lib(4, EVERYWHERE, LIB, "\"Tree.Value\""),
            lib(5, NOWHERE, LIB, "\"Tree.Unused\", \"Tree.Neither\""),
            // Go's program does not know the function behind `Generic[...]` (1.9.0).
            new Case("GO-2099-0006", LIB, imports(LIB, "\"Generic\""), EVERYWHERE, false),
            lib(7, EVERYWHERE, LIB, "\"Inlined\""),
            lib(8, EVERYWHERE, DOTTED, "\"Dotted\""),
            lib(9, NOWHERE, DOTTED, "\"Undotted\""),
            lib(10, NOWHERE, UNLINKED, "\"Anything\""),
            lib(11, NOWHERE, UNLINKED, ""),
            lib(12, EVERYWHERE, DOTTED, ""),
            lib(13, List.of("windows"), LIB, "\"Called\"], \"goos\": [\"windows\""),
            new Case("GO-2099-0014", "stdlib", imports("strconv", "\"Itoa\""), EVERYWHERE, true),
            new Case("GO-2099-0015", "stdlib", imports("net/http", "\"Client.Do\""), NOWHERE, true),
            // What Go's program says of a record without packages depends on its mode.
            new Case("GO-2099-0016", LIB, "", EVERYWHERE, false),
            // Go's program looks for the paths of the module that is replaced.
            new Case("GO-2099-0017", "example.org/fork", imports("example.org/fork/p", "\"Used\""), EVERYWHERE, false),
            new Case("GO-2099-0018", "example.org/fork", imports("example.org/fork/p", "\"Unused\""), NOWHERE, false),
            lib(19, EVERYWHERE, LIB, "\"Unused\", \"Called\""));

    @TempDir
    private static Path folder;

    private static Case lib(int number, List<String> systems, String path, String symbols) {
        return new Case("GO-2099-%04d".formatted(number), LIB, imports(path, symbols), systems, true);
    }

    private static String imports(String path, String symbols) {
        return "{\"path\": \"" + path + "\"" + (symbols.isEmpty() ? "" : ", \"symbols\": [" + symbols + "]") + "}";
    }

    @BeforeAll
    static void write() throws IOException {
        module(LIB, "v1.0.0", Map.of("lib.go", """
                package lib

                //go:noinline
                func Called() { println("called") }

                func Unused() { println("unused") }

                type Tree struct{ height int }

                //go:noinline
                func (t *Tree) Pointer() { t.height++ }

                //go:noinline
                func (t Tree) Value() int { return t.height }

                func (t *Tree) Unused() { t.height-- }

                func (t Tree) Neither() int { return t.height * 3 }

                //go:noinline
                func Generic[T any](values []T) int { return len(values) }

                func Inlined(number int) int { return number*7 + 1 }
                """, "last.part/part.go", """
                package part

                //go:noinline
                func Dotted() { println("dotted") }

                func Undotted() { println("undotted") }
                """, "unlinked/unlinked.go", """
                package unlinked

                func Anything() { println("anything") }
                """));
        var replaced = Map.of("p/p.go", """
                package p

                //go:noinline
                func Used() { println("used") }

                func Unused() { println("unused") }
                """);
        module("example.org/original", "v1.0.0", replaced);
        module("example.org/fork", "v1.1.0", replaced);
        write("app/go.mod", """
                module example.test/app

                go 1.21

                require (
                    example.org/lib v1.0.0
                    example.org/original v1.0.0
                )

                replace example.org/original => example.org/fork v1.1.0
                """);
        write("app/main.go", """
                package main

                import (
                    "os"
                    "strconv"

                    "example.org/lib"
                    part "example.org/lib/last.part"
                    "example.org/original/p"
                )

                func main() {
                    tree := &lib.Tree{}
                    tree.Pointer()
                    lib.Called()
                    part.Dotted()
                    p.Used()
                    println(lib.Generic(os.Args), lib.Inlined(len(os.Args)), strconv.Itoa(tree.Value()+len(os.Args)))
                }
                """);
        records();
    }

    /// A module as a proxy of modules serves it from files.
    private static void module(String path, String version, Map<String, String> files) throws IOException {
        var place = "proxy/" + path + "/@v/" + version;
        var declaration = "module " + path + "\n\ngo 1.21\n";
        write(place + ".mod", declaration);
        write(place + ".info", "{\"Version\": \"" + version + "\", \"Time\": \"2020-01-01T00:00:00Z\"}");
        try (OutputStream out = Files.newOutputStream(folder.resolve(place + ".zip"));
                var zip = new ZipOutputStream(out)) {
            var all = new HashMap<>(files);
            all.put("go.mod", declaration);
            for (var file : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(path + "@" + version + "/" + file.getKey()));
                zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    /// The records for our database, and with its index for the second opinion.
    private static void records() throws IOException {
        var modules = new LinkedHashMap<String, List<String>>();
        for (var each : CASES) {
            var record = """
                    {"schema_version": "1.3.1", "id": "%s", "modified": "2026-01-01T00:00:00Z", "published": "2026-01-01T00:00:00Z",
                     "details": "of the test", "affected": [{"package": {"name": "%s", "ecosystem": "Go"},
                     "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
                     "ecosystem_specific": {%s}}]}
                    """.formatted(
                    each.id(), each.module(), each.imports().isEmpty() ? "" : "\"imports\": [" + each.imports() + "]");
            write("feeds/go-osv/" + each.id() + ".json", record);
            write("govulndb/ID/" + each.id() + ".json", record);
            modules.computeIfAbsent(each.module(), _ -> new ArrayList<>())
                    .add("{\"id\": \"" + each.id() + "\", \"modified\": \"2026-01-01T00:00:00Z\"}");
        }
        write("govulndb/index/db.json", "{\"modified\": \"2026-01-01T00:00:00Z\"}");
        write(
                "govulndb/index/modules.json",
                modules.entrySet().stream()
                        .map(entry -> "{\"path\": \"" + entry.getKey() + "\", \"vulns\": " + entry.getValue() + "}")
                        .collect(Collectors.joining(",", "[", "]")));
        write(
                "govulndb/index/vulns.json",
                CASES.stream()
                        .map(each -> "{\"id\": \"" + each.id() + "\", \"modified\": \"2026-01-01T00:00:00Z\"}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private static void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Path build(String system, String... options) throws IOException, InterruptedException {
        var program = folder.resolve(
                        "programs-" + system + String.join("", options).replaceAll("[^a-z]", ""))
                .resolve("app");
        var command = new ArrayList<>(List.of("go", "build", "-o", program.toString()));
        command.addAll(List.of(options));
        command.add(".");
        var environment = Map.of(
                "GOOS",
                system,
                "GOARCH",
                "amd64",
                "CGO_ENABLED",
                "0",
                "GOTOOLCHAIN",
                "local",
                "GOFLAGS",
                "-mod=mod -modcacherw",
                "GOPROXY",
                folder.resolve("proxy").toUri().toString(),
                "GOSUMDB",
                "off",
                "GOMODCACHE",
                folder.resolve("modules").toString());
        run(folder.resolve("app"), environment, command);
        return program;
    }

    private static String run(Path where, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(command).directory(where.toFile()).redirectOutput(output.toFile());
        builder.redirectError(folder.resolve("errors").toFile()).environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            var message = "SKIPPED: GovulncheckOracleTest needs " + command.getFirst();
            System.err.println(message);
            Assumptions.abort(message);
            throw e;
        }
        boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s ends", command.getFirst()).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return Files.readString(output);
    }

    private static MatchResult judged(Path program) throws IOException {
        var database = folder.resolve("records.db");
        if (!Files.exists(database)) {
            DatabaseBuilder.build(folder.resolve("feeds"), database, Instant.EPOCH, _ -> {});
        }
        var defaults = ScanOptions.defaults();
        var options = new ScanOptions(
                defaults.analysis().withGoSymbols(true),
                defaults.dockerfile(),
                defaults.excludes(),
                defaults.reading(),
                defaults.limits());
        try (var image = Images.open("dir:" + program.getParent(), OpenOptions.defaults());
                var records = AdvisoryDatabase.open(database)) {
            return Matcher.match(ImageScanner.scan(image, options), records, MatchOptions.DEFAULT);
        }
    }

    private static List<String> ids(Stream<Finding> findings) {
        return findings.flatMap(finding -> finding.ids().stream()).sorted().toList();
    }

    @Test
    void findingsAreWhatTheProgramsHold() throws IOException, InterruptedException {
        for (var system : EVERYWHERE) {
            for (var program : List.of(build(system), build(system, "-trimpath", "-ldflags", "-s -w"))) {
                var result = judged(program);
                assertThat(ids(result.findings().stream()))
                        .as(program.toString())
                        .isEqualTo(expected(system, true));
                assertThat(ids(result.suppressed().stream().map(Suppressed::finding)))
                        .as(program.toString())
                        .isEqualTo(expected(system, false));
            }
        }
    }

    private static List<String> expected(String system, boolean finding) {
        return CASES.stream()
                .filter(each -> each.systems().contains(system) == finding)
                .map(Case::id)
                .toList();
    }

    @Test
    void goSaysTheSame() throws IOException, InterruptedException {
        for (var system : EVERYWHERE) {
            var program = build(system);
            var text = run(
                    folder,
                    Map.of(),
                    List.of(
                            "govulncheck",
                            "-db",
                            folder.resolve("govulndb").toUri().toString(),
                            "-mode=binary",
                            "-format=json",
                            program.toString()));
            var compared = CASES.stream().filter(Case::compared).map(Case::id).toList();
            var theirs = new TreeSet<String>();
            var matcher = FINDING.matcher(text);
            while (matcher.find()) {
                if (matcher.group(2).contains("\"function\"") && compared.contains(matcher.group(1))) {
                    theirs.add(matcher.group(1));
                }
            }
            assertThat(ids(judged(program).findings().stream()).stream()
                            .filter(compared::contains)
                            .toList())
                    .as(system)
                    .isEqualTo(List.copyOf(theirs));
        }
    }
}
