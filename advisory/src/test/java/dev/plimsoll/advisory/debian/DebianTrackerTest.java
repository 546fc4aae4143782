package dev.plimsoll.advisory.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.feed.RecordingSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DebianTrackerTest {

    private static final String RELEASES = "{\"buster\": {}, \"bullseye\": {}, \"bookworm\": {}, \"sid\": {}}";

    /// Reads one CVE of curl; each line is `release kind version severity`, `-` for what is not there.
    private static RecordingSink read(List<String> lines, String... more) {
        var annotations = new ArrayList<String>();
        for (var line : lines) {
            var parts = line.split(" ", -1);
            annotations.add("{\"Type\": \"package\", \"Package\": \"curl\", \"Kind\": \"" + parts[1] + "\""
                    + member("Release", parts[0]) + member("Version", parts[2]) + member("Severity", parts[3]) + "}");
        }
        var files = new ArrayList<>(List.of(
                "tracker/CVE/2023/CVE-2023-1000.json",
                "{\"Header\": {\"ID\": \"CVE-2023-1000\", \"Description\": \"(A flaw in curl)\"}, \"Annotations\": ["
                        + String.join(",", annotations) + "]}",
                "tracker/distributions.json",
                RELEASES));
        files.addAll(List.of(more));
        return RecordingSink.read(new DebianTracker(), files.toArray(String[]::new));
    }

    private static String member(String name, String text) {
        return text.equals("-") ? "" : ", \"" + name + "\": \"" + text + "\"";
    }

    private static String of(RecordingSink sink, String release) {
        return sink.lines().stream()
                .filter(line -> line.startsWith("debian:" + release + " "))
                .findFirst()
                .orElse("nothing");
    }

    private static String[] advisory(String id, String version) {
        return new String[] {
            "tracker/DSA/" + id + ".json",
            "{\"Header\": {\"ID\": \"" + id + "\", \"Description\": \"curl - security update\"}, \"Annotations\": ["
                    + "{\"Type\": \"xref\", \"Bugs\": [\"CVE-2023-1000\", \"CVE-2023-2000\"]},"
                    + "{\"Type\": \"package\", \"Release\": \"bullseye\", \"Package\": \"curl\", \"Kind\": \"fixed\","
                    + " \"Version\": \"" + version + "\"}]}"
        };
    }

    @Test
    void theLineForUnstableSpeaksOfEveryRelease() {
        var sink = read(List.of("- fixed 8.3.0-3 -"));
        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines())
                .containsExactlyInAnyOrder(
                        "debian:10 curl [<8.3.0-3] not-fixed [] fixed in unstable by 8.3.0-3",
                        "debian:11 curl [<8.3.0-3] not-fixed [] fixed in unstable by 8.3.0-3",
                        "debian:12 curl [<8.3.0-3] not-fixed [] fixed in unstable by 8.3.0-3",
                        "debian:sid curl [<8.3.0-3] fixed [8.3.0-3]");
        assertThat(sink.advisories.getFirst().summary()).isEqualTo("A flaw in curl");
        assertThat(sink.advisories.getFirst().severity()).isEmpty();
        assertThat(sink.packages).allMatch(item -> item.ofSource());
    }

    /// The full matrix: what a release's own line says, with a line for unstable that says fixed or unfixed, with and
    /// without an advisory.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -            | fixed   | -   | [<8.3.0-3] not-fixed [] fixed in unstable by 8.3.0-3
            -            | fixed   | DSA | [<7.74.0-1+deb11u10] fixed [7.74.0-1+deb11u10]
            -            | unfixed | -   | [*] not-fixed [] unfixed
            -            | unfixed | DSA | [<7.74.0-1+deb11u10] fixed [7.74.0-1+deb11u10]
            -            | removed | -   | [*] not-fixed [] removed
            -            | removed | DSA | [<7.74.0-1+deb11u10] fixed [7.74.0-1+deb11u10]
            fixed        | fixed   | -   | [<7.74.0-2] fixed [7.74.0-2]
            fixed        | fixed   | DSA | [<7.74.0-2] fixed [7.74.0-2]
            fixed        | unfixed | DSA | [<7.74.0-2] fixed [7.74.0-2]
            not-affected | fixed   | -   | [] not-affected []
            not-affected | fixed   | DSA | [] not-affected []
            not-affected | unfixed | -   | [] not-affected []
            unfixed      | fixed   | -   | [<8.3.0-3] not-fixed [] unfixed
            unfixed      | unfixed | DSA | [*] not-fixed [] unfixed
            no-dsa       | fixed   | -   | [<8.3.0-3] wont-fix [] no-dsa
            no-dsa       | unfixed | -   | [*] wont-fix [] no-dsa
            no-dsa       | fixed   | DSA | [<7.74.0-1+deb11u10] fixed [7.74.0-1+deb11u10]
            ignored      | fixed   | -   | [<8.3.0-3] wont-fix [] ignored
            ignored      | unfixed | DSA | [<7.74.0-1+deb11u10] fixed [7.74.0-1+deb11u10]
            end-of-life  | fixed   | -   | [<8.3.0-3] wont-fix [] end-of-life
            postponed    | fixed   | -   | [<8.3.0-3] not-fixed [] postponed
            postponed    | fixed   | DSA | [<7.74.0-1+deb11u10] fixed [7.74.0-1+deb11u10]
            undetermined | fixed   | -   | [*] unknown [] undetermined
            """)
    void theMostSpecificPlaceCounts(String own, String unstable, String advisory, String expected) {
        var lines = new ArrayList<>(List.of("- " + unstable + (unstable.equals("fixed") ? " 8.3.0-3 -" : " - -")));
        if (!own.equals("-")) {
            lines.add("bullseye " + own + (own.equals("fixed") ? " 7.74.0-2 -" : " - -"));
        }
        var sink = advisory.equals("-") ? read(lines) : read(lines, advisory("DSA-5523-1", "7.74.0-1+deb11u10"));
        assertThat(sink.packages.stream()
                        .filter(item -> item.fixedIn().equals(List.of("7.74.0-1+deb11u10")))
                        .count())
                .isLessThanOrEqualTo(2);
        var ofCve =
                sink.lines().subList(advisory.equals("-") ? 0 : 1, sink.lines().size());
        assertThat(ofCve).contains("debian:11 curl " + expected);
    }

    private static RecordingSink readNaming(String advisory, List<String> lines, String... more) {
        var annotations = new ArrayList<String>();
        for (var line : lines) {
            var parts = line.split(" ", -1);
            annotations.add("{\"Type\": \"package\", \"Package\": \"curl\", \"Kind\": \"" + parts[1] + "\""
                    + member("Release", parts[0]) + member("Version", parts[2]) + "}");
        }
        var files = new ArrayList<>(List.of(
                "tracker/CVE/2023/CVE-2023-1000.json",
                "{\"Header\": {\"ID\": \"CVE-2023-1000\"}, \"Annotations\": [{\"Type\": \"xref\", \"Bugs\": [\""
                        + advisory + "\"]}," + String.join(",", annotations) + "]}",
                "tracker/distributions.json",
                RELEASES));
        files.addAll(List.of(more));
        return RecordingSink.read(new DebianTracker(), files.toArray(String[]::new));
    }

    /// CVE-2023-44487 of nghttp2 names DSA-5570-1: without that advisory nobody can say that bookworm has no fix.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -            | fixed   | 12  | [<8.3.0-3] unknown [] the record names DSA-5570-1, which the data does not hold
            -            | unfixed | 12  | [*] unknown [] the record names DSA-5570-1, which the data does not hold
            postponed    | fixed   | 12  | [<8.3.0-3] unknown [] the record names DSA-5570-1, which the data does not hold
            no-dsa       | fixed   | 12  | [<8.3.0-3] wont-fix [] no-dsa
            unfixed      | fixed   | 12  | [<8.3.0-3] not-fixed [] unfixed
            not-affected | fixed   | 12  | [] not-affected []
            fixed        | fixed   | 12  | [<7.88.1-10] fixed [7.88.1-10]
            -            | fixed   | sid | [<8.3.0-3] fixed [8.3.0-3]
            -            | unfixed | sid | [*] not-fixed [] unfixed
            """)
    void anAdvisoryThatIsNotHeldMayHaveAFix(String own, String unstable, String release, String expected) {
        var lines = new ArrayList<>(List.of("- " + unstable + (unstable.equals("fixed") ? " 8.3.0-3" : " -")));
        if (!own.equals("-")) {
            lines.add("bookworm " + own + (own.equals("fixed") ? " 7.88.1-10" : " -"));
        }
        assertThat(of(readNaming("DSA-5570-1", lines), release)).isEqualTo("debian:" + release + " curl " + expected);
    }

    @ParameterizedTest
    @CsvSource({"DSA-5523-1", "DSA-5523-2", "#1053769", "CVE-2023-2000"})
    void anAdvisoryThatIsHeldLeavesNoDoubt(String named) {
        var sink = readNaming(named, List.of("- fixed 8.3.0-3"), advisory("DSA-5523-1", "7.74.0-1+deb11u10"));
        assertThat(of(sink, "12")).isEqualTo("debian:12 curl [<8.3.0-3] not-fixed [] fixed in unstable by 8.3.0-3");
    }

    @Test
    void fixesInExperimentalReachNoRelease() {
        var sink = read(List.of("experimental fixed 8.4.0-1 -", "- unfixed - -"));
        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines()).hasSize(4).allMatch(line -> line.endsWith("curl [*] not-fixed [] unfixed"));
    }

    @Test
    void unimportantIsNegligible() {
        assertThat(read(List.of("- unfixed - unimportant"))
                        .advisories
                        .getFirst()
                        .severity())
                .contains(Severity.NEGLIGIBLE);
    }

    @Test
    void aReleasesOwnUrgencyCounts() {
        var sink = read(List.of("- fixed 8.3.0-3 low", "bookworm no-dsa - unimportant"));
        assertThat(sink.advisories)
                .extracting(Advisory::severity)
                .containsExactlyInAnyOrder(Optional.of(Severity.LOW), Optional.of(Severity.NEGLIGIBLE));
        assertThat(sink.lines()).hasSize(4);
    }

    @Test
    void aFixByVersionZeroMeansNeverAffected() {
        assertThat(read(List.of("- fixed 0 -")).lines())
                .hasSize(4)
                .allMatch(line -> line.endsWith("[] not-affected []"));
    }

    @Test
    void aFixWithoutAVersionHidesNothing() {
        assertThat(of(read(List.of("- fixed - -")), "12")).isEqualTo("debian:12 curl [*] unknown [] fixed");
    }

    @Test
    void aReleaseMayHaveAPackageThatUnstableNeverHad() {
        var sink = read(List.of("jessie fixed 7.38.0-4 -", "bookworm no-dsa - -"));
        assertThat(sink.problems).isEmpty();
        assertThat(sink.lines())
                .containsExactlyInAnyOrder(
                        "debian:8 curl [<7.38.0-4] fixed [7.38.0-4]", "debian:12 curl [*] wont-fix [] no-dsa");
    }

    @Test
    void handsOnTheAdvisoriesThemselves() {
        var sink = read(List.of("- unfixed - -"), advisory("DSA-5523-1", "7.74.0-1+deb11u10"));
        assertThat(sink.ids()).containsExactly("DSA-5523-1 [CVE-2023-1000, CVE-2023-2000]", "CVE-2023-1000 []");
        assertThat(sink.lines()).contains("debian:11 curl [<7.74.0-1+deb11u10] fixed [7.74.0-1+deb11u10]");
    }

    @Test
    void ofTwoAdvisoriesTheLaterVersionCounts() {
        var first = advisory("DSA-1-1", "7.74.0-9");
        var second = advisory("DSA-1-2", "7.74.0-10");
        for (var files : List.of(
                new String[] {first[0], first[1], second[0], second[1]},
                new String[] {second[0], second[1], first[0], first[1]})) {
            var sink = read(List.of("- unfixed - -"), files);
            assertThat(sink.lines().getLast().isEmpty()).isFalse();
            assertThat(sink.lines().subList(2, 6)).contains("debian:11 curl [<7.74.0-10] fixed [7.74.0-10]");
        }
    }

    @Test
    void saysWhatItCannotReadOnce() {
        var sink = RecordingSink.read(
                new DebianTracker(),
                "tracker/CVE/2023/CVE-2023-1.json",
                "{",
                "tracker/CVE/2023/CVE-2023-2.json",
                "[]",
                "tracker/CVE/2023/CVE-2023-3.json",
                "{}",
                "tracker/CVE/2023/CVE-2023-4.json",
                "{\"Header\": {\"ID\": \"CVE-2023-4\"}, \"Annotations\": [{\"Type\": \"package\", \"Package\": \"x\","
                        + " \"Kind\": \"fixed\", \"Release\": \"hamm\", \"Version\": \"1\"}]}");
        assertThat(sink.ids()).containsExactly("CVE-2023-4 []");
        assertThat(sink.problems)
                .hasSize(5)
                .contains(
                        "distributions.json: there is no list of releases; nothing can be said of unstable's fixes",
                        "tracker/CVE/2023/CVE-2023-2.json: holds no record",
                        "tracker/CVE/2023/CVE-2023-3.json, Header: the record has no id",
                        "tracker/CVE/2023/CVE-2023-4.json, hamm: release 'hamm' is not known here");
    }
}
