package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.rule.FrozenId;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gate `licenses`.
final class LicensesGateTest {

    private static Fixture some() {
        return image().licensed(PackageType.DEB, "bash", "5.2", "GPL-3+")
                .licensed(PackageType.DEB, "curl", "7.88", "curl", "MIT")
                .licensed(PackageType.NPM, "left-pad", "1.0.0", "WTFPL")
                .licensed(PackageType.PYPI, "odd", "1", "do as you like, but be nice to everybody you meet")
                .licensed(PackageType.PYPI, "silent", "2");
    }

    private static List<String> messages(Verdict verdict) {
        return verdict.results().stream().map(RuleResult::message).toList();
    }

    private static List<String> reasons(Verdict verdict) {
        return verdict.unjudged().stream().map(Verdict.Unjudged::reason).toList();
    }

    @Test
    void eachPackageWithADeniedLicenceIsAResult() {
        var verdict = some().licensed(PackageType.DEB, "bash-doc", "5.2", "GFDL-NIV-1.3+")
                .judge("licenses", "denylist_exact_match", "licenses=GPL-3+,WTFPL");

        assertThat(messages(verdict))
                .containsExactly(
                        "bash 5.2 has the denied licence GPL-3+", "left-pad 1.0.0 has the denied licence WTFPL");
        assertThat(verdict.results())
                .extracting(RuleResult::frozenMessage)
                .containsExactly(
                        "LICFULLMATCH Packages are installed that have blacklisted licenses: bash(GPL-3+)",
                        "LICFULLMATCH Packages are installed that have blacklisted licenses: left-pad(WTFPL)");
        assertThat(verdict.results())
                .extracting(RuleResult::stableId)
                .containsExactly(
                        "licenses:denylist_exact_match:deb/bash+GPL-3+",
                        "licenses:denylist_exact_match:npm/left-pad+WTFPL");
        assertThat(verdict.results())
                .extracting(result -> result.item().orElseThrow().name())
                .containsExactly("bash", "left-pad");
        assertThat(verdict.results().getFirst().remedy().instruction(List.of("bash 5.2")))
                .isEqualTo("Replace or remove bash 5.2");
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void anAllowlistWithTheIdOfAnchoresOneMessageMatchesAll() {
        var id = FrozenId.of(
                "licenses",
                "blacklist_exact_match",
                "LICFULLMATCH Packages are installed that have blacklisted licenses: bash(GPL-3+), left-pad(WTFPL)");
        var bundle = BundleText.of()
                .rule("STOP", "licenses", "denylist_exact_match", "licenses=GPL-3+,WTFPL")
                .item("licenses", id);

        assertThat(some().judge(bundle).results())
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.allowlisted()).isPresent());
        assertThat(some().licensed(PackageType.NPM, "more", "1", "WTFPL")
                        .judge(bundle)
                        .results())
                .as("of other packages it is another message")
                .hasSize(3)
                .noneSatisfy(result -> assertThat(result.allowlisted()).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "GPL-3.0-or-later, bash",
        "gpl-3+, bash",
        "GPLv3+, bash",
        "Expat, curl",
        "MIT, curl",
        "wtfpl, left-pad",
        "GPL-3.0-only, ''",
        "GPL, ''",
    })
    void aLicenceIsTheSameByAnyName(String entry, String fires) {
        var verdict = some().judge("licenses", "denylist_exact_match", "licenses=" + entry);
        assertThat(verdict.results().stream()
                        .map(result -> result.item().orElseThrow().name())
                        .toList())
                .isEqualTo(fires.isEmpty() ? List.of() : List.of(fires));
    }

    @Test
    void theFrozenMessageSplitsAtBlanksAsAnchoreDoes() {
        var verdict = image().licensed(PackageType.RPM, "kernel", "6", "GPLv2 and Redistributable, no modification")
                .judge("licenses", "denylist_exact_match", "licenses=GPLv2");
        assertThat(verdict.results())
                .extracting(RuleResult::frozenMessage)
                .containsExactly("LICFULLMATCH Packages are installed that have blacklisted licenses: kernel(GPLv2)");
        assertThat(messages(verdict)).containsExactly("kernel 6 has the denied licence GPL-2.0-only");
    }

    @Test
    void partsOfLicencesAreDenied() {
        var verdict = some().judge("licenses", "denylist_partial_match", "licenses=gpl");
        assertThat(verdict.results())
                .extracting(RuleResult::frozenMessage)
                .containsExactly("LICSUBMATCH Packages are installed that have blacklisted licenses: bash(GPL-3+)");
        assertThat(some().judge("licenses", "denylist_partial_match", "licenses=AGPL")
                        .results())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"os, bash", "non-os, left-pad"})
    void packagesOfAScopeOnly(String scope, String fires) {
        for (var trigger : List.of("denylist_exact_match", "denylist_partial_match")) {
            var verdict = some().judge("licenses", trigger, "licenses=GPL-3+,WTFPL", "package_type=" + scope);
            assertThat(verdict.results())
                    .extracting(result -> result.item().orElseThrow().name())
                    .containsExactly(fires);
        }
        var verdict = some().judge(
                        "licenses",
                        "expression_denylist",
                        "licenses=GPL-3.0-or-later,WTFPL",
                        "unknown_licenses=allowed",
                        "package_type=" + scope);
        assertThat(verdict.results())
                .extracting(result -> result.item().orElseThrow().name())
                .containsExactly(fires);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "denylist_exact_match/licenses=MIT",
                "denylist_partial_match/licenses=MIT",
                "expression_denylist/licenses=MIT",
                "expression_allowlist/licenses=MIT",
                "expression_denylist/licenses=MIT;unknown_licenses=denied",
                "expression_allowlist/licenses=MIT;unknown_licenses=allowed",
                "unknown/"
            })
    void aDocumentThatSaysNothingOfLicencesTellsNothing(String rule) {
        var parts = rule.split("[/;]", -1);
        var parameters =
                List.of(parts).stream().skip(1).filter(text -> !text.isEmpty()).toArray(String[]::new);
        var verdict = image().toldByDocument(PackageFact.LICENSES)
                .installed(PackageType.NPM, "left-pad", "1.0.0")
                .judge("licenses", parts[0], parameters);
        assertThat(verdict.results()).isEmpty();
        assertThat(reasons(verdict))
                .containsExactly(
                        "the document (SPDX 2.3 JSON) does not say which licences packages have: scan the image itself, or"
                                + " take a document with licences");
    }

    @Test
    void deniesWhatCannotBeUsedWithoutADeniedLicence() {
        var verdict = image().licensed(PackageType.NPM, "a", "1", "MIT OR GPL-3.0-only")
                .licensed(PackageType.NPM, "b", "1", "MIT AND GPL-3.0-only")
                .licensed(PackageType.NPM, "c", "1", "GPL-2.0-only WITH Classpath-exception-2.0")
                .licensed(PackageType.NPM, "d", "1", "AGPL-3.0-or-later")
                .judge(
                        "licenses",
                        "expression_denylist",
                        "categories=strong-copyleft,network-copyleft",
                        "licenses=WTFPL");
        assertThat(messages(verdict))
                .containsExactly(
                        "b 1 cannot be used without the denied licence GPL-3.0-only (of MIT AND GPL-3.0-only)",
                        "d 1 cannot be used without the denied licence AGPL-3.0-or-later");
        assertThat(verdict.results())
                .extracting(RuleResult::stableId)
                .containsExactly(
                        "licenses:expression_denylist:npm/b+GPL-3.0-only",
                        "licenses:expression_denylist:npm/d+AGPL-3.0-or-later");
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void excusesExceptions() {
        var java = image().licensed(PackageType.NPM, "c", "1", "GPL-2.0-only WITH Classpath-exception-2.0");
        assertThat(java.judge("licenses", "expression_denylist", "licenses=GPL-2.0-only")
                        .decision())
                .isEqualTo(Decision.FAIL);
        assertThat(java.judge(
                                "licenses",
                                "expression_denylist",
                                "licenses=GPL-2.0-only",
                                "exceptions=Classpath-exception-2.0")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void allowsNothingButTheList() {
        var verdict = image().licensed(PackageType.NPM, "a", "1", "MIT OR GPL-3.0-only")
                .licensed(PackageType.NPM, "b", "1", "MIT AND Zlib")
                .licensed(PackageType.GEM, "c", "1", "Ruby", "BSD-2-Clause")
                .judge("licenses", "expression_allowlist", "licenses=MIT,BSD-2-Clause");
        assertThat(messages(verdict))
                .containsExactly("b 1 needs what is not among the allowed licences: Zlib (of MIT AND Zlib)");
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodCannotBeJudgedOrIsWhatTheRuleSays() {
        for (var trigger : List.of("expression_denylist", "expression_allowlist")) {
            var rest = "categories=public-domain,permissive,strong-copyleft";
            var open = some().judge("licenses", trigger, trigger.contains("allow") ? rest : "licenses=Zlib");
            assertThat(reasons(open))
                    .containsExactly("the licences of 2 packages are missing or not understood (odd 1, silent 2): the"
                            + " trigger licenses/unknown names them, and unknown_licenses says what they mean");
            assertThat(open.results()).isEmpty();
            var denied = some().judge(
                            "licenses",
                            trigger,
                            trigger.contains("allow") ? rest : "licenses=Zlib",
                            "unknown_licenses=denied");
            assertThat(messages(denied))
                    .containsExactly(
                            "odd 1 has a licence that is not of the SPDX list: do as you like, but be nice to everybody you"
                                    + " meet",
                            "silent 2 names no licence");
            assertThat(denied.results().getFirst().stableId()).isEqualTo("licenses:" + trigger + ":pypi/odd+unknown");
            assertThat(some().judge(
                                    "licenses",
                                    trigger,
                                    trigger.contains("allow") ? rest : "licenses=Zlib",
                                    "unknown_licenses=allowed")
                            .decision())
                    .isEqualTo(Decision.PASS);
        }
    }

    @Test
    void namesLicencesOfNoKnownCategory() {
        var verdict = image().licensed(PackageType.NPM, "skat", "1", "XSkat")
                .judge("licenses", "expression_denylist", "categories=proprietary", "unknown_licenses=denied");
        assertThat(messages(verdict)).containsExactly("skat 1 has a licence of no known category: XSkat");
    }

    @ParameterizedTest
    @CsvSource({"all, odd 1;silent 2", "missing, silent 2", "unlisted, odd 1"})
    void unknownLicencesAreResultsOfTheirOwn(String which, String packages) {
        var verdict = some().judge("licenses", "unknown", "which=" + which);
        assertThat(messages(verdict).stream()
                        .map(text -> text.replaceAll(" (has|names) .*", ""))
                        .toList())
                .isEqualTo(List.of(packages.split(";", -1)));
        assertThat(some().judge("licenses", "unknown", "which=" + which, "package_type=os")
                        .results())
                .isEmpty();
    }

    @Test
    void thePublicDomainIsNoLicenceAndUnderstood() {
        var verdict = image().licensed(PackageType.DEB, "a", "1", "public-domain", "MIT")
                .licensed(PackageType.DEB, "b", "1", "Public Domain", "as it pleases the author")
                .judge("licenses", "unknown");
        assertThat(messages(verdict))
                .containsExactly("b 1 has a licence that is not of the SPDX list: as it pleases the author");
    }

    @Test
    void theIdsOfUnknownLicences() {
        assertThat(some().judge("licenses", "unknown").results())
                .extracting(RuleResult::stableId)
                .containsExactly("licenses:unknown:pypi/odd+unlisted", "licenses:unknown:pypi/silent+missing");
    }

    @Test
    void anExpressionNeedsALicenceOrACategory() {
        for (var trigger : List.of("expression_denylist", "expression_allowlist")) {
            assertThat(BundleText.of()
                            .rule("STOP", "licenses", trigger)
                            .reading(false)
                            .errors())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString()).contains("or 'categories' is needed"));
        }
        assertThat(BundleText.of()
                        .rule("STOP", "licenses", "expression_denylist", "licenses=GPL-4.0-only")
                        .reading(false)
                        .errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("'GPL-4.0-only' is none"));
    }

    @Test
    void aPackageThatCouldNotBeReadMayHaveAnyLicence() {
        var verdict = image().unread("var/lib/dpkg/status", "line 3", "no field")
                .judge("licenses", "denylist_exact_match", "licenses=MIT");
        assertThat(reasons(verdict)).singleElement().asString().contains("could not be read in full");
    }
}
