package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static dev.plimsoll.policy.Fixture.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gate `sbom_quality`.
final class SbomQualityGateTest {

    /// Everything is known of the first; the second needs it; of the third nothing is known but its name.
    private static Fixture some() {
        return image().installed(whole())
                .installed(item(PackageType.NPM, "b", "1", List.of("MIT"), List.of(whole().purl()), Map.of()))
                .installed(item(PackageType.NPM, "c", ""));
    }

    private static ImagePackage whole() {
        return item(
                PackageType.NPM,
                "a",
                "1",
                List.of("MIT"),
                List.of(),
                Map.of(PackageProperty.VENDOR, "A", PackageProperty.DIGEST, "sha256:" + "0".repeat(64)));
    }

    private static List<String> messages(Verdict verdict) {
        return verdict.results().stream().map(RuleResult::message).toList();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "supplier | 1 of 3 packages have one (33 %), and 100 % must; lacking it: b 1, c",
                "version | 2 of 3 packages have one (66 %), and 100 % must; lacking it: c",
                "dependency-relationship | 2 of 3 packages have one (66 %), and 100 % must; lacking it: c",
                "component-hash | 1 of 3 packages have one (33 %), and 100 % must; lacking it: b 1, c",
                "license | 2 of 3 packages have one (66 %), and 100 % must; lacking it: c",
            },
            delimiter = '|')
    void countsWhatLacksAnElement(String element, String words) {
        var verdict = some().judge("sbom_quality", "minimum_elements", "elements=" + element);
        assertThat(messages(verdict)).containsExactly(element + ": " + words);
        assertThat(verdict.results().getFirst().stableId()).isEqualTo("sbom_quality:minimum_elements:" + element);
        assertThat(verdict.results().getFirst().remedy().instruction(List.of())).endsWith("ask for fewer percent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"component-name", "unique-identifier", "author", "timestamp", "tool-name", "generation-context"})
    void aScannedImageHasTheRest(String element) {
        assertThat(some().judge("sbom_quality", "minimum_elements", "elements=" + element)
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @ParameterizedTest
    @CsvSource({"66, PASS", "67, FAIL", "0, PASS"})
    void someMayLackIt(int percent, Decision decision) {
        assertThat(some().judge("sbom_quality", "minimum_elements", "elements=version", "min_percent=" + percent)
                        .decision())
                .isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "ntia-2021, supplier;version;dependency-relationship",
        "cisa-2025-draft, supplier;version;dependency-relationship;component-hash;license"
    })
    void asksWhatTheStandardAsks(String standard, String elements) {
        assertThat(some().judge("sbom_quality", "minimum_elements", "standard=" + standard)
                        .results())
                .extracting(RuleResult::stableId)
                .containsExactlyInAnyOrderElementsOf(List.of(elements.split(";", -1)).stream()
                        .map(element -> "sbom_quality:minimum_elements:" + element)
                        .toList());
    }

    @Test
    void packagesOfAScopeOnly() {
        var mixed = some().installed(PackageType.DEB, "d", "1");
        assertThat(messages(mixed.judge("sbom_quality", "minimum_elements", "elements=license", "package_type=os")))
                .containsExactly("license: 0 of 1 packages have one (0 %), and 100 % must; lacking it: d 1");
        assertThat(messages(mixed.judge("sbom_quality", "minimum_elements", "elements=license", "package_type=non-os")))
                .containsExactly("license: 2 of 3 packages have one (66 %), and 100 % must; lacking it: c");
    }

    @Test
    void aDocumentsComponentsWithoutAPackageUrlLackTheIdentifier() {
        var verdict = image().toldByDocumentWith(2)
                .installed(PackageType.NPM, "a", "1")
                .judge("sbom_quality", "minimum_elements", "elements=unique-identifier");
        assertThat(messages(verdict))
                .containsExactly(
                        "unique-identifier: 1 of 3 packages have one (33 %), and 100 % must; 2 components have no"
                                + " package URL");
    }

    @Test
    void aDocumentThatDoesNotSayWhoMadeItAndWhenFires() {
        var rule = new String[] {"elements=author,timestamp,tool-name,generation-context"};
        assertThat(messages(image().toldByDocumentThatStates().judge("sbom_quality", "minimum_elements", rule)))
                .containsExactly(
                        "author: the document (SPDX 2.3 JSON) does not say it",
                        "generation-context: the document (SPDX 2.3 JSON) does not say it",
                        "timestamp: the document (SPDX 2.3 JSON) does not say it",
                        "tool-name: the document (SPDX 2.3 JSON) does not say it");
        var verdict = image().toldByDocumentThatStates(
                        Statement.AUTHOR, Statement.TIMESTAMP, Statement.GENERATION_CONTEXT)
                .judge("sbom_quality", "minimum_elements", rule);
        assertThat(verdict.results())
                .extracting(RuleResult::stableId)
                .containsExactly("sbom_quality:minimum_elements:tool-name");
        assertThat(verdict.results().getFirst().remedy().instruction(List.of()))
                .isEqualTo("Have the document made by a tool that writes its tool name");
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void whatAnOlderInventoryDoesNotKeepOfADocumentIsNotKnown() {
        var verdict = image().toldByDocument()
                .judge("sbom_quality", "minimum_elements", "elements=author,timestamp,tool-name");
        assertThat(verdict.results()).isEmpty();
        assertThat(verdict.unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly(
                        "the inventory, of an older Plimsoll, does not tell whether the document (SPDX 2.3 JSON) says its"
                                + " author: read the document itself",
                        "the inventory, of an older Plimsoll, does not tell whether the document (SPDX 2.3 JSON) says its"
                                + " timestamp: read the document itself");
    }

    @Test
    void packagesThatWereNotReadLeaveItOpen() {
        assertThat(some().unread("var/lib/dpkg/status", "line 3", "no field")
                        .judge("sbom_quality", "minimum_elements", "elements=license", "min_percent=0")
                        .unjudged())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"min_percent=101", "elements=hash", "elements=", "standard=ntia"})
    void checksItsParameters(String parameter) {
        assertThat(BundleText.of()
                        .rule("STOP", "sbom_quality", "minimum_elements", parameter)
                        .reading(false)
                        .errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("must be"));
    }
}
