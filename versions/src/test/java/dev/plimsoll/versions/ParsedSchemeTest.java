package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.purl.PackageType;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

final class ParsedSchemeTest {

    private static final VersionScheme SCHEME = VersionSchemes.DPKG;

    static final List<VersionScheme> ALL = Arrays.stream(PackageType.values())
            .flatMap(type -> VersionScheme.of(type).stream())
            .toList();

    @ParameterizedTest
    @CsvSource({
        ">=1.0 <2.0, 0.9, false",
        ">=1.0 <2.0, 1.0, true",
        ">=1.0 <2.0, 1.9, true",
        ">=1.0 <2.0, 2.0, false",
        ">1.0 <=2.0, 1.0, false",
        ">1.0 <=2.0, 1.0+1, true",
        ">1.0 <=2.0, 2.0, true",
        ">1.0 <=2.0, 2.0+1, false",
        "<2.0, 0, true",
        "<2.0, 2.0, false",
        "<2.0, 2.0~rc1, true",
        ">=2.0, 1:0, true",
        "=1.0, 1.0-0, true",
        "=1.0, 1.0-1, false",
        ">=2.0 <1.0, 1.5, false",
        "*, 7, true"
    })
    void boundsHoldOrExcludeTheirOwnVersion(String interval, String version, boolean inside) {
        var parsed = VersionInterval.parse(interval);
        assertThat(SCHEME.check(version, List.of(parsed)))
                .isEqualTo(inside ? new RangeCheck.Inside(parsed) : new RangeCheck.Outside());
    }

    @Test
    void theFirstIntervalThatHoldsTheVersionIsNamed() {
        var intervals = List.of(
                VersionInterval.parse("<1.0"), VersionInterval.parse(">=2.0 <2.5"), VersionInterval.parse(">=2.0"));
        assertThat(SCHEME.check("2.1", intervals)).isEqualTo(new RangeCheck.Inside(intervals.get(1)));
    }

    @Test
    void noIntervalHoldsNothing() {
        assertThat(SCHEME.check("1.0", List.of())).isEqualTo(new RangeCheck.Outside());
    }

    @Test
    void anUnreadableVersionCannotBeJudgedAndIsNamed() {
        assertThat(SCHEME.check("<unfixed>", List.of(VersionInterval.before("1.0"))))
                .isEqualTo(new RangeCheck.CannotJudge("'<unfixed>' is no version of the scheme dpkg"));
    }

    @Test
    void anUnreadableBoundCannotBeJudgedAndIsNamed() {
        assertThat(SCHEME.check("1.0", List.of(VersionInterval.parse(">=0.1 <unknown"))))
                .isEqualTo(new RangeCheck.CannotJudge("'unknown' is no version of the scheme dpkg"));
        assertThat(SCHEME.check("1.0", List.of(VersionInterval.parse(">=unknown <2"))))
                .isEqualTo(new RangeCheck.CannotJudge("'unknown' is no version of the scheme dpkg"));
    }

    @Test
    void theOtherBoundMayDecideWhereOneIsUnreadable() {
        assertThat(SCHEME.check("1.0", List.of(VersionInterval.parse(">=2.0 <unknown"))))
                .isEqualTo(new RangeCheck.Outside());
        assertThat(SCHEME.check("1.0", List.of(VersionInterval.parse(">=unknown <1.0"))))
                .isEqualTo(new RangeCheck.Outside());
    }

    @Test
    void anIntervalThatHoldsTheVersionDecidesBesideAnUnreadableOne() {
        var good = VersionInterval.parse("<2.0");
        assertThat(SCHEME.check("1.0", List.of(VersionInterval.parse("<unknown"), good)))
                .isEqualTo(new RangeCheck.Inside(good));
    }

    @Test
    void aSingleVersionThatNobodyCanReadHoldsOnlyItself() {
        var odd = VersionInterval.exactly("0.9-ivysaur");
        assertThat(VersionSchemes.PEP440.check("2.12.0", List.of(odd))).isEqualTo(new RangeCheck.Outside());
        assertThat(VersionSchemes.PEP440.check("0.9-ivysaur", List.of(odd))).isEqualTo(new RangeCheck.Inside(odd));
    }

    @Test
    void everyVersionHoldsEvenAnUnreadableOne() {
        assertThat(SCHEME.check("<unfixed>", List.of(VersionInterval.ALL)))
                .isEqualTo(new RangeCheck.Inside(VersionInterval.ALL));
    }

    @Test
    void aLongTextIsShortenedInTheReason() {
        assertThat(SCHEME.check("1".repeat(5000), List.of(VersionInterval.before("1"))))
                .isEqualTo(new RangeCheck.CannotJudge(
                        "'" + "1".repeat(80) + "… (5000 characters)' is no version of the scheme dpkg"));
    }

    @Test
    void everySchemeHasItsPackageTypeAndItsName() {
        assertThat(ALL.stream().map(VersionScheme::id))
                .containsExactlyInAnyOrder("dpkg", "rpm", "apk", "npm", "pep440", "maven", "rubygems", "go", "cargo");
    }

    @ParameterizedTest
    @EnumSource(
            value = PackageType.class,
            names = {"ALPM", "COMPOSER", "CONAN", "CONDA", "GENERIC", "GITHUB", "HEX", "NUGET", "PUB", "SWIFT"})
    void otherTypesHaveNoSchemeYet(PackageType type) {
        assertThat(VersionScheme.of(type)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void theLongestTextIsReadAndOneMoreCharacterIsNot(VersionScheme scheme) {
        var start = "1.0.0";
        var filler = scheme.id().equals("apk") ? "_p" : "";
        int longest = scheme.id().equals("npm") ? NpmVersion.MAX_LENGTH : ParsedScheme.MAX_LENGTH;
        var tail = List.of("npm", "go", "cargo").contains(scheme.id()) ? "-a" : filler;
        var text = start + tail + "1".repeat(longest - start.length() - tail.length());
        assertThat(scheme.compare(text, text)).contains(0);
        assertThat(scheme.compare(text + "1", text + "1")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void refusesBlanksControlsAndWhatIsNotAscii(VersionScheme scheme) {
        for (var text : List.of("", " ", "1.0.0 ", "1.0.0\n", "1.0.0\u0000", "1.0.0é", "１.0.0")) {
            assertThat(scheme.compare(text, "1.0.0")).as("'%s'", text).isEmpty();
        }
    }

    /// Mutations of real forms and of noise: no exception, an order that turns with its arguments, and every text
    /// equal to itself.
    @ParameterizedTest
    @FieldSource("ALL")
    void hostileTextsNeitherThrowNorContradict(VersionScheme scheme) {
        var random = new Random(20260109);
        var signs = "019azZ.-_~^+!:=v*<>()[]{}%/\\ \u0000é";
        var texts = new ArrayList<String>();
        for (int i = 0; i < 400; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "1.2" : "");
            for (int more = random.nextInt(12); more > 0; more--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            texts.add(text.toString());
        }
        var contradictions = new ArrayList<String>();
        for (var left : texts) {
            assertThat(scheme.compare(left, left).orElse(0)).as(left).isZero();
            for (var right : texts) {
                var order = scheme.compare(left, right);
                if (!scheme.compare(right, left).equals(order.map(sign -> -sign))) {
                    contradictions.add("'" + left + "' '" + right + "'");
                }
            }
        }
        assertThat(contradictions).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theWorstTextsTakeNoTime(VersionScheme scheme) {
        var worst = new ArrayList<String>();
        for (var piece : List.of(
                "1", "1.", "1-", "1a", "a-", "1a-", "0.", "-", "~", "^", "1_p", "1.0-1", "1+a.", ".a", "1-a1")) {
            worst.add("1" + piece.repeat((ParsedScheme.MAX_LENGTH - 1) / piece.length()));
            worst.add("1" + piece.repeat((ParsedScheme.MAX_LENGTH - 2) / piece.length()) + "!");
        }
        // Ten thousand comparisons of the longest texts take well under a second of the processor's time, which a busy
        // machine does not stretch as it does the clock's.
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int round = 0; round < 10; round++) {
            for (var left : worst) {
                for (var right : worst) {
                    scheme.compare(left, right);
                }
            }
        }
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    /// An order that is none would let a sort of fixed versions fail.
    @ParameterizedTest
    @FieldSource("ALL")
    void theOrderIsTransitive(VersionScheme scheme) {
        var versions = new ArrayList<String>();
        for (var pair : VersionPairs.of(
                        20260110,
                        400,
                        List.of("1", "1.0", "2.5.1", "1.2.3"),
                        List.of(".0", ".1", "-1", "-rc1", "a", "~1", "_p1", "-r1", "rc1", ".dev1", "+1", "-alpha.1"))
                .pairs()) {
            Optional<Integer> self = scheme.compare(pair.left(), pair.left());
            if (self.isPresent() && versions.size() < 60) {
                versions.add(pair.left());
            }
        }
        assertThat(versions).hasSizeGreaterThan(20);
        var circles = new ArrayList<String>();
        for (var a : versions) {
            for (var b : versions) {
                if (scheme.compare(a, b).orElseThrow() > 0) {
                    continue;
                }
                for (var c : versions) {
                    if (scheme.compare(b, c).orElseThrow() <= 0
                            && scheme.compare(a, c).orElseThrow() > 0) {
                        circles.add(a + " " + b + " " + c);
                    }
                }
            }
        }
        assertThat(circles).isEmpty();
    }
}
