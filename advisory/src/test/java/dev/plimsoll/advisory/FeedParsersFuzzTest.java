package dev.plimsoll.advisory;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.advisory.build.Feeds;
import dev.plimsoll.advisory.build.SmallFeeds;
import dev.plimsoll.advisory.cvss.Cvss;
import dev.plimsoll.advisory.database.AdvisoryText;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.MemoryFiles;
import dev.plimsoll.advisory.feed.RecordingSink;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes give records and problems, nothing else; and every record can be written down and read back.
final class FeedParsersFuzzTest {

    private static void readsAnyBytes(String feed, String path, byte[] bytes) {
        var reader = Feeds.all().stream()
                .filter(candidate -> candidate.name().equals(feed))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (feed.equals("debian") && !path.endsWith("distributions.json")) {
            files.put("distributions.json", "{\"bookworm\": {}, \"sid\": {}}".getBytes(StandardCharsets.UTF_8));
        }
        files.put(path, bytes);
        var sink = RecordingSink.read(reader, new MemoryFiles(files));
        for (var advisory : sink.advisories) {
            AdvisoryText.advisory(advisory.id(), advisory.feed(), AdvisoryText.of(advisory));
        }
        for (var item : sink.packages) {
            AdvisoryText.affected(item.ecosystem(), item.name(), AdvisoryText.of(item));
        }
    }

    @FuzzTest
    void osvJson(byte[] bytes) {
        readsAnyBytes("ghsa", "a.json", bytes);
    }

    @FuzzTest
    void osvYaml(byte[] bytes) {
        readsAnyBytes("pypa-osv", "a.yaml", bytes);
    }

    @FuzzTest
    void secdb(byte[] bytes) {
        readsAnyBytes("alpine-secdb", "v3.5/main.yaml", bytes);
    }

    @FuzzTest
    void secdbPackage(byte[] bytes) {
        readsAnyBytes("alpine", "3.18/main/x.json", bytes);
    }

    @FuzzTest
    void debianLists(byte[] bytes) {
        readsAnyBytes("debian-dsa", "data/DSA/list", bytes);
    }

    @FuzzTest
    void debianCve(byte[] bytes) {
        readsAnyBytes("debian", "tracker/CVE/2023/CVE-2023-1.json", bytes);
    }

    @FuzzTest
    void debianAdvisory(byte[] bytes) {
        readsAnyBytes("debian", "tracker/DSA/DSA-1.json", bytes);
    }

    @FuzzTest
    void rustsec(byte[] bytes) {
        readsAnyBytes("rustsec", "crates/x/a.md", bytes);
    }

    @FuzzTest
    void rubysec(byte[] bytes) {
        readsAnyBytes("rubysec", "gems/x/a.yml", bytes);
    }

    @FuzzTest
    void knownExploited(byte[] bytes) {
        readsAnyBytes("kev", "a.json", bytes);
    }

    @FuzzTest
    void scores(byte[] bytes) {
        readsAnyBytes("epss", "a.csv", bytes);
    }

    @FuzzTest
    void endsOfLife(byte[] bytes) {
        readsAnyBytes("eol", "products/a.md", bytes);
    }

    @FuzzTest
    void overrides(byte[] bytes) {
        readsAnyBytes("nvd-overrides", "data/2023/CVE-2023-1.json", bytes);
    }

    @FuzzTest
    void vectors(byte[] bytes) {
        Cvss.parse("x", new String(bytes, StandardCharsets.UTF_8));
    }

    /// What the fuzzer does at length, in a few seconds and always the same: a good file of each feed with bytes
    /// changed.
    @ParameterizedTest
    @MethodSource("dev.plimsoll.advisory.build.Feeds#all")
    void readsFilesWithChangedBytes(Feed feed) {
        var random = new Random(11);
        SmallFeeds.files().forEach((name, text) -> {
            if (name.startsWith(feed.name() + "/")) {
                var path = name.substring(feed.name().length() + 1);
                for (int i = 0; i < 300; i++) {
                    readsAnyBytes(feed.name(), path, changed(text, random));
                }
            }
        });
    }

    private static byte[] changed(String text, Random random) {
        var out = new StringBuilder(text);
        for (int i = random.nextInt(5); i >= 0; i--) {
            var at = random.nextInt(out.length());
            switch (random.nextInt(4)) {
                case 0 -> out.setCharAt(at, MARKS.charAt(random.nextInt(MARKS.length())));
                case 1 -> out.deleteCharAt(at);
                case 2 -> out.insert(at, text, random.nextInt(text.length() / 2), text.length());
                default -> out.insert(at, WORDS[random.nextInt(WORDS.length)]);
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final String MARKS = "\"{}[],:0a\\*(<>=-. \n\0é#'&!|%~^e";

    private static final String[] WORDS = {
        "\\ud800",
        "\\u0000",
        " ",
        "\u0085",
        "1e999999999",
        "-1",
        "null",
        "99999999999999999999",
        "[[[[",
        "\"\"",
        "- ",
        "v",
        "0",
        "*x",
        "&x",
        ">= ",
        "~> ",
        "<= 1 2",
        "0001-01-01",
        "9999999-01-01",
        "٣",
        ".",
        "::",
        "Pro:",
        "_"
    };

    @Test
    void readsVectorsWithChangedCharacters() {
        var random = new Random(5);
        for (var vector : new String[] {
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/CR:H"
        }) {
            for (int i = 0; i < 2000; i++) {
                vectors(changed(vector, random));
            }
        }
    }
}
