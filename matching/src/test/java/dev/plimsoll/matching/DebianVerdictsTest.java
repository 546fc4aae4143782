package dev.plimsoll.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.build.DatabaseBuilder;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's real data, from its files to findings, against a script that reads the same files anew and asks dpkg:
/// every source package, in versions around each fix. Skipped, loudly, where feeds or programs are absent.
final class DebianVerdictsTest {

    private static final List<String> CODE_NAMES = List.of("bullseye", "bookworm", "trixie");
    private static final List<String> ARCHIVES = List.of("slice-debian", "debian-dsa");
    private static final String SCRIPT = "debian-verdicts.py";
    private static final int TIMEOUT_MINUTES = 10;

    @TempDir
    private Path folder;

    @Test
    void everySourcePackageHasTheVerdictOfDebiansOwnData() throws IOException, InterruptedException {
        var feeds = unpackedFeeds();
        var expected = scriptsVerdicts(feeds);
        assertThat(expected).as("lines of the script").hasSizeGreaterThan(500);
        DatabaseBuilder.build(feeds, folder.resolve("debian.db"), Instant.EPOCH, _ -> {});

        var different = new ArrayList<String>();
        try (var database = AdvisoryDatabase.open(folder.resolve("debian.db"))) {
            for (var codeName : CODE_NAMES) {
                var ofRelease = new LinkedHashMap<ImagePackage, List<String>>();
                expected.forEach((key, cves) -> {
                    var words = key.split(" ", -1);
                    if (words[0].equals(codeName)) {
                        ofRelease.put(TestImage.deb(words[1], words[2]), cves);
                    }
                });
                var found = found(codeName, ofRelease.keySet(), database);
                ofRelease.forEach((item, cves) -> {
                    var ours = List.copyOf(found.getOrDefault(item, new TreeSet<>()));
                    if (!ours.equals(cves)) {
                        different.add(codeName + " " + item.name() + " " + item.version() + ": ours " + ours
                                + " Debian's " + cves);
                    }
                });
            }
        }
        assertThat(different).as("of %d packages", expected.size()).isEmpty();
    }

    private static Map<ImagePackage, TreeSet<String>> found(
            String codeName, Iterable<ImagePackage> packages, AdvisoryDatabase database) {
        var image = TestImage.of(new Distribution("debian", "", codeName, List.of(), ""));
        packages.forEach(image::with);
        var found = new LinkedHashMap<ImagePackage, TreeSet<String>>();
        for (var finding :
                Matcher.match(image.build(), database, MatchOptions.DEFAULT).findings()) {
            found.computeIfAbsent(finding.item(), _ -> new TreeSet<>())
                    .addAll(finding.ids().stream()
                            .filter(id -> id.startsWith("CVE-"))
                            .toList());
        }
        return found;
    }

    private Path unpackedFeeds() throws IOException, InterruptedException {
        var shared = Path.of(System.getProperty("plimsoll.root", ".")).resolve("../shared/feeds");
        var feeds = Files.createDirectory(folder.resolve("feeds"));
        for (var archive : ARCHIVES) {
            var file = shared.resolve(archive + ".tar.zst").toAbsolutePath().normalize();
            if (!Files.exists(file)) {
                skip(file.toString());
            }
            var target = Files.createDirectory(feeds.resolve(archive));
            run(List.of("tar", "--zstd", "-xf", file.toString(), "-C", target.toString()));
        }
        return feeds;
    }

    /// CVEs by `codename source version`.
    private Map<String, List<String>> scriptsVerdicts(Path feeds) throws IOException, InterruptedException {
        var script = folder.resolve(SCRIPT);
        try (var source = DebianVerdictsTest.class.getResourceAsStream(SCRIPT)) {
            Files.copy(source, script);
        }
        run(List.of("dpkg", "--version"));
        var command = new ArrayList<>(List.of("python3", script.toString(), feeds.toString()));
        command.addAll(CODE_NAMES);
        var verdicts = new TreeMap<String, List<String>>();
        for (var line : run(command)) {
            var words = List.of(line.split(" ", -1));
            verdicts.put(String.join(" ", words.subList(0, 3)), words.subList(3, words.size()));
        }
        return verdicts;
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            return skip(command.getFirst());
        }
        boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s ends", command.getFirst()).isTrue();
        assertThat(process.exitValue()).as(() -> contents(output)).isZero();
        return Files.readAllLines(output);
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static <T> T skip(String what) {
        var message = "SKIPPED: DebianVerdictsTest needs " + what;
        System.err.println(message);
        Assumptions.abort(message);
        throw new IllegalStateException(message);
    }
}
