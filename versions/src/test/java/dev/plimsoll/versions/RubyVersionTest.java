package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RubyVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.RUBYGEMS;

    @TempDir
    private Path folder;

    @Test
    void ordersAndRefusesAsRubyGemsDoes() throws IOException, InterruptedException {
        var pairs = VersionPairs.of(
                20260106,
                8000,
                List.of("1", "1.0", "2.5", "0", "10", "01", "a"),
                List.of(
                        ".", ".0", ".1", ".10", ".a", ".rc1", ".beta", "-", "-1", "-x86", ".pre", "a", "1b2", "Z", "_",
                        ".0.0"));
        Files.writeString(folder.resolve("pairs"), pairs.lines());
        var script = """
                File.foreach('pairs') do |line|
                  left, right = line.chomp.split("\\t")
                  valid = Gem::Version.correct?(left) && Gem::Version.correct?(right)
                  puts(valid ? Gem::Version.new(left) <=> Gem::Version.new(right) : 'x')
                end
                """;
        pairs.assertOrderedBy(SCHEME, Oracle.answers(folder, List.of("ruby", "-e", script)), 2000);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0.0, 0",
        "1.0.a, 1.0, -1",
        "1.0.rc1, 1.0.rc2, -1",
        "1.0-1, 1.0, -1",
        "1.0.0.beta10, 1.0.0.beta9, 1",
        "4.0.0.rc.1, 4.0.0, -1"
    })
    void ordersByTheDocumentation(String left, String right, int order) {
        assertThat(SCHEME.compare(left, right)).contains(order);
        assertThat(SCHEME.compare(right, left)).contains(-order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1.", "1..0", "v1", "1_0", "1+2", "1-"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(SCHEME.compare(text, "1")).isEmpty();
    }
}
