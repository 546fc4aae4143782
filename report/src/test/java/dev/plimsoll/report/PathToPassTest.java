package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.path.PathFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PathToPassTest {

    /// What a reader sees of a step.
    private record Step(String instruction, int clears, List<String> about) {}

    private static List<Step> steps(List<RuleResult> results) {
        return PathFinder.untried(Results.verdict(Decision.FAIL, results), Results.inventory(), Action.STOP)
                .steps()
                .stream()
                .map(step -> new Step(step.instruction(), step.clears(), step.about()))
                .toList();
    }

    @Test
    void putsTheStepThatClearsMostFirst() {
        var lodash = Results.lodash("app/node_modules/lodash/package.json");

        assertThat(steps(List.of(
                        Results.result(Action.STOP, "Take port 22 out of EXPOSE", Optional.empty()),
                        Results.stop(Results.finding("CVE-2020-8203", lodash, Severity.HIGH, "4.17.19")),
                        Results.stop(Results.finding("CVE-2021-23337", lodash, Severity.HIGH, "4.17.21")))))
                .containsExactly(
                        new Step(
                                "Upgrade lodash 4.17.15 to 4.17.21 (app/node_modules/lodash/package.json)",
                                2,
                                List.of("CVE-2020-8203", "CVE-2021-23337")),
                        new Step("Take port 22 out of EXPOSE", 1, List.of()));
    }

    @Test
    void upgradesBinariesOfOneSourcePackageTogether() {
        assertThat(steps(List.of(Results.stop(
                        Results.finding("CVE-2023-5363", Results.openssl(), Severity.HIGH, "3.0.11-1~deb12u2")))))
                .containsExactly(new Step("Upgrade openssl to 3.0.11-1~deb12u2", 1, List.of("CVE-2023-5363")));
    }

    @Test
    void takesTheSmallestFixAboveTheInstalledVersion() {
        var lodash = Results.lodash("p");

        assertThat(steps(List.of(Results.stop(
                                Results.finding("CVE-1-1", lodash, Severity.HIGH, "3.10.2", "4.17.21", "5.0.1"))))
                        .getFirst()
                        .instruction())
                .isEqualTo("Upgrade lodash 4.17.15 to 4.17.21 (p)");
    }

    /// 2.0.3 is the later of the least fixes, and the first record hits it.
    @Test
    void takesNoFixThatAnotherFindingStillHits() {
        var foo = Results.npm("foo", "1.0.0", "p");

        assertThat(steps(List.of(
                        Results.stop(Results.affected("CVE-1-1", foo, "<1.0.5|>=2.0.0 <2.0.9", "1.0.5", "2.0.9")),
                        Results.stop(Results.affected("CVE-1-2", foo, "<2.0.3", "2.0.3")))))
                .containsExactly(new Step("Upgrade foo 1.0.0 to 2.0.9 (p)", 2, List.of("CVE-1-1", "CVE-1-2")));
    }

    @Test
    void staysInTheBranchWhereEveryFindingIsFixedThere() {
        var foo = Results.npm("foo", "1.0.0", "p");

        assertThat(steps(List.of(
                        Results.stop(Results.affected("CVE-1-1", foo, "<1.0.5|>=2.0.0 <2.0.9", "1.0.5", "2.0.9")),
                        Results.stop(Results.affected("CVE-1-2", foo, "<1.0.7|>=2.0.0 <2.0.3", "1.0.7", "2.0.3")))))
                .containsExactly(new Step("Upgrade foo 1.0.0 to 1.0.7 (p)", 2, List.of("CVE-1-1", "CVE-1-2")));
    }

    @Test
    void countsOnlyWhatTheLastFixClearsWhereNoneClearsAll() {
        var foo = Results.npm("foo", "1.0.0", "p");

        assertThat(steps(List.of(
                        Results.stop(Results.affected("CVE-1-1", foo, "<1.0.5|>=2.0.0", "1.0.5")),
                        Results.stop(Results.affected("CVE-1-2", foo, "<2.0.3", "2.0.3")))))
                .containsExactly(
                        new Step("Upgrade foo 1.0.0 to 2.0.3, which CVE-1-1 still hits (p)", 1, List.of("CVE-1-2")));
    }

    @Test
    void saysInHowManyPlacesAPackageIs() {
        var results = new ArrayList<RuleResult>();
        for (int i = 0; i < 8; i++) {
            results.add(Results.stop(
                    Results.finding("CVE-2021-23337", Results.lodash("app/" + i), Severity.HIGH, "4.17.21")));
        }

        assertThat(steps(results))
                .containsExactly(new Step(
                        "Upgrade lodash 4.17.15 to 4.17.21 (app/0 and 7 more places)", 8, List.of("CVE-2021-23337")));
        assertThat(steps(results.subList(0, 2)))
                .extracting(Step::instruction)
                .containsExactly("Upgrade lodash 4.17.15 to 4.17.21 (app/0 and 1 more place)");
    }

    @Test
    void saysWhereThereIsNoFixLast() {
        var steps = steps(List.of(
                Results.stop(Results.finding("CVE-2023-5363", Results.openssl(), Severity.HIGH)),
                Results.result(Action.STOP, "do this", Optional.empty())));

        assertThat(steps)
                .extracting(Step::instruction)
                .containsExactly(
                        "do this", "No fix yet for openssl: remove what is not needed, or waive with an expiry");
    }

    @Test
    void takesWhatHasNoFixAsOneStep() {
        var lodash = Results.lodash("p");

        assertThat(steps(List.of(
                        Results.stop(Results.finding("CVE-2023-5363", Results.openssl(), Severity.HIGH)),
                        Results.stop(Results.finding("CVE-2020-8203", lodash, Severity.HIGH)),
                        Results.stop(Results.finding("CVE-2021-23337", lodash, Severity.HIGH)))))
                .containsExactly(new Step(
                        "No fix yet for lodash 4.17.15, openssl: remove what is not needed, or waive with an expiry",
                        3,
                        List.of("CVE-2020-8203", "CVE-2021-23337", "CVE-2023-5363")));
    }

    @Test
    void makesOneStepOfARuleThatFiresManyTimes() {
        var results = new ArrayList<RuleResult>();
        for (int i = 0; i < 61; i++) {
            results.add(Results.result(
                    Action.STOP,
                    "/dev/" + i + " matches",
                    "names",
                    "",
                    new Remedy("Remove or rename", "/dev/" + i, "files that match /dev/.*", ""),
                    Optional.empty()));
        }

        assertThat(steps(results))
                .containsExactly(
                        new Step("Remove or rename 61 files that match /dev/.* (/dev/0 and 60 more)", 61, List.of()));
        assertThat(steps(results.subList(0, 2)))
                .extracting(Step::instruction)
                .containsExactly("Remove or rename 2 files that match /dev/.* (/dev/0, /dev/1)");
        assertThat(steps(results.subList(0, 1)))
                .extracting(Step::instruction)
                .containsExactly("Remove or rename /dev/0");
    }

    @Test
    void keepsRulesApartUnlessTheyAskTheSame() {
        var remove = new Remedy("Remove", "curl 8", "versions of curl", ", or take another version");
        var install = Remedy.of("Install wget");

        assertThat(steps(List.of(
                        Results.result(Action.STOP, "a", "one", "", remove, Optional.empty()),
                        Results.result(Action.STOP, "b", "two", "", install, Optional.empty()),
                        Results.result(Action.STOP, "c", "three", "", install, Optional.empty()))))
                .containsExactly(
                        new Step("Install wget", 2, List.of()),
                        new Step("Remove curl 8, or take another version", 1, List.of()));
    }

    @Test
    void prefersTheRecommendationOfTheBundle() {
        assertThat(steps(List.of(Results.result(
                        Action.STOP,
                        "curl is denied",
                        "one",
                        "Use the library instead.",
                        Remedy.of("Remove curl"),
                        Optional.empty()))))
                .containsExactly(new Step("Use the library instead.", 1, List.of()));
    }

    @Test
    void looksOnlyAtWhatStops() {
        assertThat(steps(List.of(Results.result(Action.WARN, "minor", Optional.empty()))))
                .isEmpty();
    }
}
