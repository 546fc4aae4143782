package dev.plimsoll.policy.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HistoryTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void carriesOnWhatTheRunBeforeSaid() throws JsonException {
        var seen =
                told().seen(Fixture.finding("CVE-1", Severity.HIGH).fixedIn("9").build());

        assertThat(seen.first()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(seen.fix()).contains(Instant.parse("2026-04-01T00:00:00Z"));
    }

    @Test
    void takesAnotherNameOfTheSameVulnerabilityForIt() throws JsonException {
        assertThat(told().seen(Fixture.finding("GHSA-1", Severity.HIGH).build()).first())
                .isEqualTo("2026-03-01T00:00:00Z");
        assertThat(told().seen(Fixture.finding("CVE-7", Severity.HIGH)
                                .alias("CVE-1")
                                .build())
                        .first())
                .isEqualTo("2026-03-01T00:00:00Z");
    }

    /// `GHSA-1` stands for an erratum here: two vulnerabilities that it names are still two.
    @Test
    void takesASharedErratumForNoName() throws JsonException {
        assertThat(told().seen(Fixture.finding("CVE-2", Severity.HIGH)
                                .alias("GHSA-1")
                                .build())
                        .first())
                .isEqualTo(NOW);
    }

    @Test
    void knowsNothingOfTheSameInAnotherPackage() throws JsonException {
        assertThat(told().seen(Fixture.finding("CVE-1", Severity.HIGH)
                                .in(PackageType.DEB, "libcurl4", "7")
                                .build())
                        .first())
                .isEqualTo(NOW);
        assertThat(told().seen(Fixture.finding("CVE-1", Severity.HIGH)
                                .in(PackageType.NPM, "curl", "7")
                                .build())
                        .first())
                .isEqualTo(NOW);
    }

    @Test
    void knowsAFixThatIsNewFromNowOn() throws JsonException {
        var before = FormerResultReaderTest.RESULT
                .replace("\"fixedIn\": [\"8\"]", "\"fixedIn\": []")
                .replace(", \"fixSeen\": \"2026-04-01T00:00:00Z\"", "");
        var history = History.of(NOW, Optional.of(FormerResultReaderTest.read(before)));

        var seen = history.seen(
                Fixture.finding("CVE-1", Severity.HIGH).fixedIn("9").build());

        assertThat(seen.first()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(seen.fix()).contains(NOW);
        assertThat(told().seen(Fixture.finding("CVE-1", Severity.HIGH).build()).fix())
                .isEmpty();
    }

    /// A run as of an earlier instant than the former one: nothing was first seen after its own.
    @Test
    void knowsNothingFromLaterThanTheRunItself() throws JsonException {
        var early = Instant.parse("2026-01-01T00:00:00Z");
        var history = History.of(early, Optional.of(FormerResultReaderTest.read(FormerResultReaderTest.RESULT)));

        var seen = history.seen(
                Fixture.finding("CVE-1", Severity.HIGH).fixedIn("9").build());

        assertThat(seen.first()).isEqualTo(early);
        assertThat(seen.fix()).contains(early);
    }

    /// A run without data, or without a package, must not make everything new.
    @Test
    void remembersWhatOneRunDoesNotFind() throws JsonException {
        var known = new KnownVulnerability(
                "CVE-1",
                List.of("CVE-1", "GHSA-1"),
                new PackageKey("deb", "curl"),
                Instant.parse("2026-03-01T00:00:00Z"),
                Optional.of(Instant.parse("2026-04-01T00:00:00Z")),
                Instant.parse("2026-05-01T00:00:00Z"));

        assertThat(told().remembered(List.of())).containsExactly(known);
        assertThat(told().remembered(
                                List.of(Fixture.finding("CVE-9", Severity.HIGH).build())))
                .containsExactly(known);
        assertThat(told().remembered(
                                List.of(Fixture.finding("GHSA-1", Severity.HIGH).build())))
                .isEmpty();

        var later = FormerResultReaderTest.RESULT
                .replace("\"findings\": [", "\"findings\": [], \"remembered\": [")
                .replace("\"severity\": \"high\", \"fixedIn\": [\"8\"],", "\"type\": \"deb\", \"name\": \"curl\",")
                .replace(
                        "\"fixSeen\": \"2026-04-01T00:00:00Z\",",
                        "\"fixSeen\": \"2026-04-01T00:00:00Z\", \"lastSeen\": \"2026-04-15T00:00:00Z\",");
        var history = History.of(NOW, Optional.of(FormerResultReaderTest.read(later)));
        assertThat(history.seen(
                        Fixture.finding("CVE-1", Severity.HIGH).fixedIn("9").build()))
                .isEqualTo(new History.Seen(known.firstSeen(), known.fixSeen()));
        assertThat(history.remembered(List.of()))
                .extracting(KnownVulnerability::lastSeen)
                .containsExactly(Instant.parse("2026-04-15T00:00:00Z"));
    }

    @Test
    void forgetsItAfterAWhile() throws JsonException {
        var former = Optional.of(FormerResultReaderTest.read(FormerResultReaderTest.RESULT));
        var end = Instant.parse("2026-05-01T00:00:00Z").plus(History.REMEMBERED);

        assertThat(History.of(end, former).remembered(List.of())).hasSize(1);
        assertThat(History.of(end.plusSeconds(1), former).remembered(List.of())).isEmpty();
    }

    @Test
    void beginsWithTheRunThatKnowsOfNoneBefore() {
        var history = History.beginning(NOW);

        assertThat(history.tellsOfFindings()).isFalse();
        assertThat(history.seen(
                        Fixture.finding("CVE-1", Severity.HIGH).fixedIn("9").build()))
                .isEqualTo(new History.Seen(NOW, Optional.of(NOW)));
    }

    @Test
    void knowsResultsOfRulesByTheirStableId() throws JsonException {
        var text = FormerResultReaderTest.RESULT.replace(
                "\"id\": \"dockerfile:instruction:x\"", "\"id\": \"always:always:always\"");
        var history = History.of(NOW, Optional.of(FormerResultReaderTest.read(text)));
        var always = Fixture.image().judge("always", "always").results().getFirst();
        var curl = Fixture.image()
                .hit(Fixture.finding("CVE-1", Severity.HIGH))
                .judge("vulnerabilities", "package", "package_type=all")
                .results()
                .getFirst();

        assertThat(history.firstSeen(always)).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(history.firstSeen(curl)).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(History.beginning(NOW).firstSeen(always)).isEqualTo(NOW);
    }

    private static History told() throws JsonException {
        return History.of(NOW, Optional.of(FormerResultReaderTest.read(FormerResultReaderTest.RESULT)));
    }
}
