package dev.plimsoll.policy.path;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.matching.Suppressed;
import dev.plimsoll.policy.ImageChange;
import dev.plimsoll.policy.ImageChange.ClearModeBits;
import dev.plimsoll.policy.ImageChange.RemoveFile;
import dev.plimsoll.policy.ImageChange.RemovePackage;
import dev.plimsoll.policy.ImageChange.UpgradePackage;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An image as it would be after changes, with the findings that it would have.
final class ChangedImage {

    private final Evidence original;
    private final List<ImageChange> changes;
    private final List<ImagePackage> kept = new ArrayList<>();
    private final List<ImagePackage> upgraded = new ArrayList<>();

    private ChangedImage(Evidence original, List<ImageChange> changes) {
        this.original = original;
        this.changes = List.copyOf(changes);
    }

    /// @param rematch is asked for the packages that changed, and for nothing else
    static Evidence of(Evidence original, List<ImageChange> changes, Rematch rematch) {
        return new ChangedImage(original, changes).evidence(rematch);
    }

    private Evidence evidence(Rematch rematch) {
        for (var item : original.inventory().packages()) {
            place(item);
        }
        var matches = original.matches();
        var all = new ArrayList<>(kept);
        all.addAll(upgraded);
        var changed = inventory(all);
        if (kept.size() < original.inventory().packages().size()) {
            matches = merged(
                    matches, upgraded.isEmpty() ? Optional.empty() : Optional.of(rematch.match(inventory(upgraded))));
        }
        return original.of(changed, matches);
    }

    private void place(ImagePackage item) {
        for (var change : changes) {
            switch (change) {
                case RemovePackage(var type, var name)
                when item.type() == type && item.name().equals(name) -> {
                    return;
                }
                case UpgradePackage upgrade
                when item.type() == upgrade.type()
                        && item.name().equals(upgrade.name())
                        && item.version().equals(upgrade.from()) -> {
                    upgraded.add(upgraded(item, upgrade));
                    return;
                }
                default -> {}
            }
        }
        kept.add(item);
    }

    /// Where advisories are kept by source packages, `to` is a version of the source; the binary's own is the same
    /// for most, and what it is for others nobody knows before it is built.
    private static ImagePackage upgraded(ImagePackage item, UpgradePackage upgrade) {
        var source = item.source();
        boolean sameVersion = source.isEmpty() || source.get().version().equals(item.version());
        var version = sameVersion || !upgrade.ofSource() ? upgrade.to() : item.version();
        var newSource = upgrade.ofSource() || sameVersion
                ? source.map(found -> new ImagePackage.SourcePackage(found.name(), upgrade.to()))
                : source;
        var purl = item.purl();
        return new ImagePackage(
                new PackageUrl(purl.type(), purl.namespace(), purl.name(), version, purl.qualifiers(), purl.subpath()),
                item.type(),
                item.name(),
                version,
                newSource,
                item.architecture(),
                item.modularity(),
                item.evidence(),
                item.analyzer(),
                item.locations(),
                item.layer(),
                item.licenses(),
                item.ownedFiles(),
                item.ownedBy(),
                item.cpes(),
                item.dependencies(),
                item.properties());
    }

    private Inventory inventory(List<ImagePackage> packages) {
        var inventory = original.inventory();
        var image = inventory.image();
        var changedFiles = changedFiles();
        return new Inventory(
                new ImageFacts(
                        image.transport(),
                        image.names(),
                        image.repoDigests(),
                        image.id(),
                        image.manifestDigest(),
                        image.platform(),
                        image.configuration().map(found -> ChangedConfiguration.of(found, changes)),
                        image.verified(),
                        image.layers(),
                        image.base(),
                        image.connection()),
                inventory.distribution(),
                packages,
                inventory.files().map(files -> changedFiles.isEmpty() ? files : new ChangedFiles(files, changedFiles)),
                inventory.digested(),
                inventory.excluded(),
                inventory.dockerfile().map(text -> ChangedDockerfile.of(text, changes)),
                inventory.unknowns(),
                inventory.analyzers(),
                inventory.document(),
                inventory.analysis(),
                inventory.contents());
    }

    private Map<String, Optional<FileEntry>> changedFiles() {
        var changed = new HashMap<String, Optional<FileEntry>>();
        var files = original.inventory().files();
        for (var change : changes) {
            switch (change) {
                case RemoveFile(var path) -> changed.put(path, Optional.empty());
                case ClearModeBits(var path, var bits) ->
                    files.flatMap(table -> table.get(path))
                            .ifPresent(entry -> changed.put(path, Optional.of(withMode(entry, entry.mode() & ~bits))));
                default -> {}
            }
        }
        return changed;
    }

    private static FileEntry withMode(FileEntry entry, int mode) {
        return new FileEntry(
                entry.path(),
                entry.kind(),
                mode,
                entry.userId(),
                entry.groupId(),
                entry.size(),
                entry.layer(),
                entry.linkTarget(),
                entry.sha256(),
                entry.capabilities());
    }

    /// Findings of packages that stayed, and those of the changed ones. What the data covers stays as it was.
    private MatchResult merged(MatchResult before, Optional<MatchResult> ofUpgraded) {
        Set<ImagePackage> stayed = new HashSet<>(kept);
        var findings = new ArrayList<>(before.findings().stream()
                .filter(finding -> stayed.contains(finding.item()))
                .toList());
        var suppressed = new ArrayList<Suppressed>(before.suppressed().stream()
                .filter(each -> stayed.contains(each.finding().item()))
                .toList());
        ofUpgraded.ifPresent(more -> {
            findings.addAll(more.findings());
            suppressed.addAll(more.suppressed());
        });
        return before.with(findings, suppressed);
    }
}
