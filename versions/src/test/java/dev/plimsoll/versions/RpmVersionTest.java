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

final class RpmVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.RPM;

    private static final VersionPairs PAIRS = VersionPairs.of(
                    20260102,
                    8000,
                    List.of("0", "1", "2.5", "1:1", "0:2", "7:1", "10", "a", "x1"),
                    List.of(
                            ".",
                            ".0",
                            ".00",
                            ".1",
                            ".10",
                            "~",
                            "~rc1",
                            "~~",
                            "+",
                            "_",
                            "-",
                            "-1",
                            "-0",
                            "a",
                            "Z",
                            "^",
                            "^git1",
                            "^^",
                            "09",
                            "9",
                            ".el9",
                            ".el9_2",
                            "-3.module_el8.6.0+2904+abc",
                            ":"))
            .validFor(SCHEME);

    @TempDir
    private Path folder;

    @Test
    void ordersAsRpmDoes() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pairs"), PAIRS.lines());
        var script = "%{lua: for line in io.lines('" + folder.resolve("pairs") + "') do"
                + " local left, right = line:match('^(.-)\\t(.*)$'); print(rpm.vercmp(left, right) .. '\\n') end}";
        PAIRS.assertOrderedBy(SCHEME, Oracle.answers(folder, List.of("rpm", "--eval", script)), 4000);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0~rc1, 1.0, -1",
        "1.0, 1.0^git1, -1",
        "1.0^git1, 1.0.1, -1",
        "1.0^git1~pre, 1.0^git1, -1",
        "4:5.26.3-422.el8, 5.30.0-1.el8, 1",
        "0:1.0, 1.0, 0",
        "1.0, 1.0-1, -1",
        "1.0, 1.0-~1, -1",
        "1.0.a, 1.0.1, -1",
        "1.0, 1_0, 0"
    })
    void ordersByTheRulesOfTheManual(String left, String right, int order) {
        assertThat(SCHEME.compare(left, right)).contains(order);
        assertThat(SCHEME.compare(right, left)).contains(-order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-1", "1-", "1:", "1:-1", "...", "~", "1 0", "1é"})
    void refusesTextsWithoutAVersion(String text) {
        assertThat(SCHEME.compare(text, "1")).isEmpty();
    }
}
