package dev.plimsoll.policy.testing;

import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import dev.plimsoll.policy.background.FormerResult.FormerImage;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Facts of an image that a person wrote down. What is not given is known and empty, as of an image that holds nothing;
/// what is `unknown` is as of a run that did not look. Immutable.
///
/// @param builtAt of the advisory data; the test's instant where it is not given
/// @param lifecycle of the distribution's release; empty where there is no distribution
public record SmallFacts(
        ImageFactsPart image,
        List<ImagePackage> packages,
        List<FindingFacts> findings,
        ContentsPart contents,
        Optional<Instant> builtAt,
        Optional<Lifecycle> lifecycle,
        Set<KnownFact> unknown)
        implements Facts {

    /// Source: C standard, `asctime`: clamd's form of the date of its signatures.
    private static final DateTimeFormatter SIGNATURES = DateTimeFormatter.ofPattern(
                    "EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    public SmallFacts {
        packages = List.copyOf(packages);
        findings = List.copyOf(findings);
        unknown = Set.copyOf(unknown);
    }

    /// The image as a run would have seen it that collects what bundles need.
    public Evidence evidence(ImageName name, Instant at, AnalysisRequest needs) {
        return new Evidence(inventory(at, needs), matches(at), name, at, background(at));
    }

    private Inventory inventory(Instant at, AnalysisRequest needs) {
        boolean known = !unknown.contains(KnownFact.CONFIGURATION);
        return new Inventory(
                image.facts(known, layers()),
                image.distribution(),
                packages,
                unknown.contains(KnownFact.FILES) ? Optional.empty() : Optional.of(FileTable.of(files(needs))),
                needs.digested().stream().toList(),
                List.of(),
                image.dockerfile(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                withDate(at).contents(unknown, needs));
    }

    private ContentsPart withDate(Instant at) {
        var scan = contents.malware();
        return scan.signatures().isEmpty()
                ? new ContentsPart(
                        contents.files(),
                        contents.secrets(),
                        contents.matches(),
                        contents.retrieved(),
                        new MalwareScan(
                                scan.outcome(),
                                scan.engine(),
                                "1/" + SIGNATURES.format(at),
                                scan.findings(),
                                scan.notScanned()),
                        contents.accounts(),
                        contents.verification(),
                        contents.deleted())
                : contents;
    }

    /// A digest that a rule asks for and the test does not give is that of another content.
    private List<FileEntry> files(AnalysisRequest needs) {
        return contents.files().stream().map(file -> withDigest(file, needs)).toList();
    }

    private FileEntry withDigest(FileEntry file, AnalysisRequest needs) {
        if (unknown.contains(KnownFact.SHA256) || file.kind() != FileEntry.Kind.FILE) {
            return new FileEntry(
                    file.path(),
                    file.kind(),
                    file.mode(),
                    file.userId(),
                    file.groupId(),
                    file.size(),
                    file.layer(),
                    file.linkTarget(),
                    Optional.empty(),
                    file.capabilities());
        }
        return file.sha256().isPresent() || !needs.digested().contains(file.path())
                ? file
                : new FileEntry(
                        file.path(),
                        file.kind(),
                        file.mode(),
                        file.userId(),
                        file.groupId(),
                        file.size(),
                        file.layer(),
                        file.linkTarget(),
                        Optional.of("0".repeat(64)),
                        file.capabilities());
    }

    private int layers() {
        return IntStream.of(
                                packages.stream()
                                        .mapToInt(item -> item.layer().orElse(0))
                                        .max()
                                        .orElse(-1),
                                contents.files().stream()
                                        .mapToInt(FileEntry::layer)
                                        .max()
                                        .orElse(-1),
                                contents.secrets().stream()
                                        .mapToInt(secret -> secret.layer().orElse(0))
                                        .max()
                                        .orElse(-1),
                                contents.deleted().stream()
                                        .mapToInt(file -> file.layer() + 1)
                                        .max()
                                        .orElse(-1))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private MatchResult matches(Instant at) {
        boolean advisories = !unknown.contains(KnownFact.ADVISORIES);
        return new MatchResult(
                image.distribution().map(Distribution::release),
                advisories ? findings.stream().map(FindingFacts::finding).toList() : List.of(),
                List.of(),
                coverage(advisories),
                unknown.contains(KnownFact.LIFECYCLE) ? Optional.empty() : lifecycle,
                List.of(),
                advisories && !unknown.contains(KnownFact.DATA_AGE)
                        ? builtAt.or(() -> Optional.of(at))
                        : Optional.empty(),
                List.of(),
                false,
                advisories && !unknown.contains(KnownFact.EXPLOITATION)
                        ? ExploitationCoverage.ALL
                        : ExploitationCoverage.NONE,
                List.of());
    }

    private List<EcosystemCoverage> coverage(boolean covered) {
        Map<PackageType, Integer> counts = new EnumMap<>(PackageType.class);
        packages.forEach(item -> counts.merge(item.type(), 1, Math::addExact));
        var coverage = new ArrayList<EcosystemCoverage>();
        counts.forEach((type, count) -> coverage.add(new EcosystemCoverage(
                type.ofDistribution()
                        ? image.distribution()
                                .map(found -> found.release().toString())
                                .orElse(type.purlType())
                        : type.purlType(),
                type,
                covered ? EcosystemCoverage.State.COVERED : EcosystemCoverage.State.DATA_MISSING,
                count,
                covered ? 1 : 0)));
        return coverage;
    }

    /// What an earlier run said, where a finding is told to be known since then.
    private Background background(Instant at) {
        var known = findings.stream()
                .filter(finding -> finding.firstSeen().isPresent())
                .toList();
        if (known.isEmpty()) {
            return Background.none();
        }
        var former = new FormerResult(
                "1.3",
                new FormerImage("", Optional.empty(), image.id(), image.digest()),
                at,
                Optional.empty(),
                Optional.of(known.stream().map(finding -> former(finding, at)).toList()),
                List.of(),
                Optional.of(List.of()));
        return Background.none()
                .withPrevious(
                        former,
                        new Background.InputFile(
                                "previous", Digest.sha256("0".repeat(64)).toString()));
    }

    private static FormerFinding former(FindingFacts known, Instant at) {
        var finding = known.finding();
        var item = finding.item();
        return new FormerFinding(
                finding.id(),
                finding.ids(),
                new FormerPackage(item.purl().toString(), item.type().purlType(), item.name(), item.version()),
                finding.severity().word(),
                finding.fixedIn(),
                known.firstSeen().orElse(at),
                finding.fixedIn().isEmpty() ? Optional.empty() : known.firstSeen());
    }

    /// All packages: those that are given, and those that only findings name.
    static List<ImagePackage> all(List<ImagePackage> given, List<FindingFacts> findings) {
        return Stream.concat(
                        given.stream(),
                        findings.stream().map(finding -> finding.finding().item()))
                .distinct()
                .toList();
    }
}
