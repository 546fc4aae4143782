package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nscuro.versatile.Comparator;
import io.github.nscuro.versatile.Vers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DebianVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.DPKG;

    private static final VersionPairs PAIRS = VersionPairs.of(
                    20260101,
                    3000,
                    List.of("0", "1", "2.5", "1:1", "0:2", "7:1", "10"),
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
                            "+b1",
                            "+really1",
                            "-",
                            "-1",
                            "-0",
                            "a",
                            "Z",
                            "deb12u1",
                            "~deb12u1",
                            "09",
                            "9",
                            "ubuntu2.1",
                            "dfsg",
                            "+dfsg-"))
            .validFor(SCHEME);

    @TempDir
    private Path folder;

    @Test
    void ordersAsDpkgDoes() throws IOException, InterruptedException {
        // A process for each question is what makes this test slow: the first of the pairs must do.
        var pairs = new VersionPairs(PAIRS.pairs().subList(0, 1200));
        Files.writeString(folder.resolve("pairs"), pairs.lines());
        var script = """
                while IFS='\t' read -r left right; do
                    if dpkg --compare-versions "$left" lt "$right"; then echo -1
                    elif dpkg --compare-versions "$left" gt "$right"; then echo 1
                    else echo 0
                    fi
                done < pairs
                """;
        Oracle.executable("dpkg");
        pairs.assertOrderedBy(SCHEME, Oracle.answers(folder, List.of("sh", "-c", script)), 1200);
    }

    @Test
    void ordersAsVersatileDoes() {
        var answers = new ArrayList<String>();
        for (var pair : PAIRS.pairs()) {
            if (holds(Comparator.LESS_THAN, pair)) {
                answers.add("-1");
            } else {
                answers.add(holds(Comparator.GREATER_THAN, pair) ? "1" : "0");
            }
        }
        PAIRS.assertOrderedBy(SCHEME, answers, 1500);
    }

    private static boolean holds(Comparator comparator, VersionPairs.Pair pair) {
        return Vers.builder("deb")
                .withConstraint(comparator, pair.right())
                .build()
                .contains(pair.left());
    }

    @ParameterizedTest
    @CsvSource({
        "1.0~rc1, 1.0, -1",
        "1.0, 1.0+deb12u1, -1",
        "1:0.9, 2.0, 1",
        "0:1.0, 1.0, 0",
        "1.0-0, 1.0, 0",
        "5.36.0-7, 5.36.0-7+deb12u1, -1",
        "9999999999999999999999, 10000000000000000000000, -1"
    })
    void ordersByTheRulesOfTheManual(String left, String right, int order) {
        assertThat(SCHEME.compare(left, right)).contains(order);
        assertThat(SCHEME.compare(right, left)).contains(-order);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":1", "1:", "x:1", "-1:1", "2147483648:1", "1.0-", "-1", "<unfixed>", "a1", "1_0", "1.0-1_2"
            })
    void refusesWhatDpkgRefusesOrWarnsOf(String text) {
        assertThat(SCHEME.compare(text, "1")).isEmpty();
    }

    @Test
    void takesTheLargestEpochThatDpkgTakes() {
        assertThat(SCHEME.compare("2147483647:1", "2147483646:1")).contains(1);
    }
}
