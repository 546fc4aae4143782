package dev.plimsoll.policy.gate;

import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Comparison;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.ValueTypes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A pair of parameters that compare one score of a finding: `name` and `name_comparison`.
///
/// A score that is missing counts as -1, as in Anchore, so that `<` and `!=` hold for it.
///
/// @param group the bracket of Anchore's message that the score is printed in
record ScoreCondition(
        String group,
        Parameter<BigDecimal> score,
        Parameter<Comparison> comparison,
        Function<Finding, Optional<BigDecimal>> of) {

    /// The feed whose scores count as NVD's.
    private static final String NVD = "nvd";
    private static final BigDecimal MISSING = BigDecimal.ONE.negate();

    /// All of them, in the order in which Anchore's message prints them.
    static final List<ScoreCondition> ALL = List.of(
            condition(
                    "nvd", "cvss_v3_base_score", "CVSS v3 base score", "7.0", nvd(score -> Optional.of(score.base()))),
            condition(
                    "nvd",
                    "cvss_v3_exploitability_score",
                    "CVSS v3 exploitability sub-score",
                    "3.0",
                    nvd(CvssScore::exploitability)),
            condition("nvd", "cvss_v3_impact_score", "CVSS v3 impact sub-score", "5.0", nvd(CvssScore::impact)),
            condition(
                    "vendor",
                    "vendor_cvss_v3_base_score",
                    "CVSS v3 base score of others than NVD",
                    "7.0",
                    vendor(score -> Optional.of(score.base()))),
            condition(
                    "vendor",
                    "vendor_cvss_v3_exploitability_score",
                    "CVSS v3 exploitability sub-score of others than NVD",
                    "3.0",
                    vendor(CvssScore::exploitability)),
            condition(
                    "vendor",
                    "vendor_cvss_v3_impact_score",
                    "CVSS v3 impact sub-score of others than NVD",
                    "5.0",
                    vendor(CvssScore::impact)),
            condition(
                    "epss",
                    "epss_score",
                    "EPSS score, 0 to 1",
                    "0.1",
                    finding -> finding.exploitation().probability().map(found -> found.score())),
            condition(
                    "epss",
                    "epss_percentile",
                    "EPSS percentile, 0 to 1",
                    "0.95",
                    finding -> finding.exploitation().probability().map(found -> found.percentile())));

    private static ScoreCondition condition(
            String group, String name, String words, String example, Function<Finding, Optional<BigDecimal>> of) {
        return new ScoreCondition(
                group,
                Parameter.of(name, ValueTypes.DECIMAL)
                        .describedAs("Compares the " + words + ".")
                        .like(example),
                Parameter.of(name + "_comparison", ValueTypes.oneOf(Comparison.class))
                        .describedAs("How `" + name + "` compares: the finding's score stands to the left.")
                        .like(">=")
                        .orElse(Comparison.AT_LEAST),
                of);
    }

    /// Whether it is about EPSS, which advisory data may not have at all.
    boolean ofExploitation() {
        return group.equals("epss");
    }

    /// The condition as a rule gives it; empty where it does not.
    Optional<Wanted> wanted(Arguments arguments) {
        return arguments.find(score).map(value -> new Wanted(of, arguments.get(comparison), value));
    }

    /// A condition with the rule's values.
    record Wanted(Function<Finding, Optional<BigDecimal>> of, Comparison comparison, BigDecimal value) {

        boolean holds(Finding finding) {
            return comparison.holds(of.apply(finding).orElse(MISSING).compareTo(value));
        }
    }

    /// Those that a rule gives, in the order of {@link #ALL}.
    static List<ScoreCondition> asked(Arguments arguments) {
        return ALL.stream()
                .filter(condition -> arguments.gives(condition.score()))
                .toList();
    }

    /// As Anchore's message prints it, `cvss_v3_base_score=9.8`, where there is one.
    Optional<String> printed(Finding finding) {
        return of.apply(finding)
                .filter(found -> found.signum() != 0)
                .map(found -> score.name() + "=" + found.toPlainString());
    }

    /// The highest of NVD; where NVD has none, of anyone: most of the data here comes from elsewhere.
    private static Function<Finding, Optional<BigDecimal>> nvd(Function<CvssScore, Optional<BigDecimal>> part) {
        return finding -> highest(finding, part, true).or(() -> highest(finding, part, false));
    }

    private static Function<Finding, Optional<BigDecimal>> vendor(Function<CvssScore, Optional<BigDecimal>> part) {
        return finding -> highest(finding, part, false);
    }

    private static Optional<BigDecimal> highest(
            Finding finding, Function<CvssScore, Optional<BigDecimal>> part, boolean ofNvd) {
        return finding.cvss().stream()
                .filter(score ->
                        score.version().startsWith("3.") && score.source().startsWith(NVD) == ofNvd)
                .flatMap(score -> part.apply(score).stream())
                .max(BigDecimal::compareTo);
    }
}
