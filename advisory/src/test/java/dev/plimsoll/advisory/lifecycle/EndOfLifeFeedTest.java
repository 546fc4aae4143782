package dev.plimsoll.advisory.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Lifecycle.Extension;
import dev.plimsoll.advisory.feed.RecordingSink;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EndOfLifeFeedTest {

    @Test
    void readsTheReleasesOfAProduct() {
        var sink = RecordingSink.read(new EndOfLifeFeed(), "products/debian.md", """
                ---
                title: Debian
                releases:
                  - releaseCycle: "12"
                    eol: 2026-06-10
                  - releaseCycle: 7
                    eol: true
                  - releaseCycle: 3.10
                    eol: false
                  - releaseCycle: "6"
                    eol: soon
                  - eol: true
                ---

                > Debian is free
                """, "README.md", "nothing");
        assertThat(sink.lifecycles)
                .containsExactly(
                        new Lifecycle("debian", "12", Optional.of(LocalDate.of(2026, 6, 10)), false),
                        new Lifecycle("debian", "7", Optional.empty(), true),
                        new Lifecycle("debian", "3.10", Optional.empty(), false),
                        new Lifecycle("debian", "6", Optional.empty(), false));
        assertThat(sink.problems)
                .containsExactly(
                        "products/debian.md, 6: its end of life is no day",
                        "products/debian.md, releases: a release has no name");
    }

    @Test
    void readsSupportBeyondTheEndOfLife() {
        var sink = RecordingSink.read(new EndOfLifeFeed(), "products/debian.md", """
                ---
                releases:
                  - releaseCycle: "12"
                    eol: 2026-07-11
                    eoes: 2028-06-30
                  - releaseCycle: "11"
                    eol: true
                    eoes: false
                  - releaseCycle: "10"
                    eol: true
                    eoes: true
                  - releaseCycle: "9"
                    eol: true
                    eoes: later
                ---
                """);
        assertThat(sink.lifecycles)
                .containsExactly(
                        new Lifecycle(
                                "debian",
                                "12",
                                Optional.of(LocalDate.of(2026, 7, 11)),
                                false,
                                Optional.of(new Extension(Optional.of(LocalDate.of(2028, 6, 30)), false))),
                        new Lifecycle(
                                "debian",
                                "11",
                                Optional.empty(),
                                true,
                                Optional.of(new Extension(Optional.empty(), false))),
                        new Lifecycle(
                                "debian",
                                "10",
                                Optional.empty(),
                                true,
                                Optional.of(new Extension(Optional.empty(), true))),
                        new Lifecycle("debian", "9", Optional.empty(), true));
        assertThat(sink.problems).containsExactly("products/debian.md, 9: the end of its extended support is no day");
    }

    @Test
    void saysWhatItCannotRead() {
        var sink = RecordingSink.read(
                new EndOfLifeFeed(),
                "products/a.md",
                "text",
                "products/b.md",
                "---\na: [\n---\n",
                "products/c.md",
                "---\nopen");
        assertThat(sink.problems)
                .hasSize(3)
                .contains(
                        "products/a.md: does not begin with a block of YAML",
                        "products/c.md: does not begin with a block of YAML");
    }

    @Test
    void theDayItselfIsOver() {
        var ends = new Lifecycle("debian", "12", Optional.of(LocalDate.of(2026, 6, 10)), false);
        assertThat(ends.hasEndedBy(LocalDate.of(2026, 6, 9))).isFalse();
        assertThat(ends.hasEndedBy(LocalDate.of(2026, 6, 10))).isTrue();
        assertThat(new Lifecycle("x", "1", Optional.empty(), true).hasEndedBy(LocalDate.EPOCH))
                .isTrue();
        assertThat(new Lifecycle("x", "1", Optional.empty(), false).hasEndedBy(LocalDate.MAX))
                .isFalse();
    }
}
