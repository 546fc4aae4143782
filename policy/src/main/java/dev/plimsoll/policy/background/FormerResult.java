package dev.plimsoll.policy.background;

import dev.plimsoll.image.Digest;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an earlier run said, of the same image or of another one. Immutable.
///
/// Format: docs/result-format.md; what a form older than 1.3 does not tell is empty.
///
/// @param form of the document: `1.3`
/// @param image that was judged
/// @param evaluatedAt the instant as of which it was judged
/// @param packages that the image held, as the document lists them; empty where its form does not list them
/// @param findings that counted; empty where nothing was matched
/// @param remembered vulnerabilities that still earlier runs found, and this one did not
/// @param results of rules; empty where no bundle judged
public record FormerResult(
        String form,
        FormerImage image,
        Instant evaluatedAt,
        Optional<List<FormerPackage>> packages,
        Optional<List<FormerFinding>> findings,
        List<KnownVulnerability> remembered,
        Optional<List<FormerRuleResult>> results) {

    public FormerResult {
        packages = packages.map(List::copyOf);
        findings = findings.map(List::copyOf);
        remembered = List.copyOf(remembered);
        results = results.map(List::copyOf);
    }

    /// The image.
    ///
    /// @param shownName what the run called it
    /// @param mappedName that mappings were asked for, or would be; empty where it has none
    /// @param id digest of its configuration
    /// @param manifestDigest empty where it is not known
    public record FormerImage(
            String shownName, Optional<ImageName> mappedName, Optional<Digest> id, Optional<Digest> manifestDigest) {}

    /// A package. Its type is a word, so that one that this version does not know is not lost.
    ///
    /// @param purl as it was written
    /// @param type of the package URL: `deb`
    /// @param name as the inventory has it: `libssl3`, `group:artifact`
    public record FormerPackage(String purl, String type, String name, String version) {

        /// What it is whatever its version: type and name.
        public PackageKey key() {
            return new PackageKey(type, name);
        }
    }

    /// A vulnerability that hit a package.
    ///
    /// @param id that it was printed by
    /// @param ids all of them, that one included
    /// @param severity a word
    /// @param firstSeen since when runs have known it there; the instant of that run where the form does not tell
    /// @param fixSeen since when runs have known a fix; empty where there was none
    public record FormerFinding(
            String id,
            List<String> ids,
            FormerPackage item,
            String severity,
            List<String> fixedIn,
            Instant firstSeen,
            Optional<Instant> fixSeen) {

        public FormerFinding {
            ids = List.copyOf(ids);
            fixedIn = List.copyOf(fixedIn);
        }

        /// Whether it is the same vulnerability: one of the two is printed by an id that the other has too. Ids of
        /// errata, which several vulnerabilities share, make no two of them one. Asked of one package.
        public boolean means(Finding finding) {
            return KnownVulnerability.isSame(id, ids, finding);
        }
    }

    /// What a rule found.
    ///
    /// @param stableId ours: `gate:trigger:key`
    /// @param triggerId Anchore's
    /// @param demanded what the rule demanded, before anything treated it
    /// @param action what counted
    /// @param findingId of the vulnerability that it was about, where it was about one
    /// @param purl of that vulnerability's package
    /// @param firstSeen since when runs have known it
    public record FormerRuleResult(
            String ruleSetId,
            String ruleId,
            String gate,
            String trigger,
            String stableId,
            String triggerId,
            Action demanded,
            Action action,
            Optional<String> findingId,
            Optional<String> purl,
            Instant firstSeen) {}
}
