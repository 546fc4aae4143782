package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.ContentDigests;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the visible files against what the package databases say of them.
///
/// Source: dpkg(1), `--verify`; rpm(8), "VERIFY OPTIONS". As dpkg does, links are followed for its files; the files of
/// others are taken as they lie. What has no digest of the claim's kind is not compared: a content that did not pass,
/// an algorithm that is not computed.
final class Verification {

    /// In deviations; where nearly all documents were deleted there are some ten thousand.
    static final int MAX_DEVIATIONS = 100_000;

    private final FileTree tree;
    private final Exclusion exclusion;
    private final PackageAssembly packages;
    private final Map<String, ContentDigests> contents = new HashMap<>();
    private final List<FileDeviation> deviations = new ArrayList<>();
    private boolean excess;

    /// @param packages whose packages were made already
    Verification(FileTree tree, Exclusion exclusion, List<LayerFound> visible, PackageAssembly packages) {
        this.tree = tree;
        this.exclusion = exclusion;
        this.packages = packages;
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                if (fact instanceof Fact.Digested(var digests)) {
                    // what layers were unpacked through links lies where those lead
                    contents.put(
                            tree.resolve(evidence.found().path())
                                    .orElse(evidence.found().path()),
                            digests);
                }
            }
        }
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                if (fact instanceof Fact.FileClaims(var type, var key, var claims)) {
                    packages.named(type, key).ifPresent(owner -> verify(type, owner, claims));
                }
            }
        }
    }

    List<FileDeviation> deviations() {
        return deviations;
    }

    private void verify(PackageType type, PackageUrl owner, List<FileClaim> claims) {
        for (var claim : claims) {
            var path = packages.diversions().place(type, owner.name(), claim.path());
            if (!exclusion.covers(path)) {
                verify(type, owner, claim.at(path));
            }
        }
    }

    private void verify(PackageType type, PackageUrl owner, FileClaim claim) {
        var place = place(type, claim.path());
        var entry = place.isEmpty() ? null : tree.get(place).orElse(null);
        if (entry == null) {
            if (!claim.optional()) {
                add(claim, owner, FileDeviation.Kind.MISSING);
            }
            return;
        }
        if (!claim.digest().isEmpty()
                && ContentDigests.knows(claim.algorithm())
                && isChanged(type, claim, place, entry)) {
            add(claim, owner, FileDeviation.Kind.CHANGED);
        }
        if (claim.mode().isPresent()
                && entry.kind() != Kind.SYMBOLIC_LINK
                && claim.mode().getAsInt() != entry.mode()) {
            add(claim, owner, FileDeviation.Kind.MODE);
        }
    }

    private boolean isChanged(PackageType type, FileClaim claim, String place, FileTree.Entry entry) {
        if (entry.kind() == Kind.SYMBOLIC_LINK && type == PackageType.APK) {
            // apk keeps the digest of the target
            return !ContentDigests.of(entry.linkTarget().getBytes(StandardCharsets.UTF_8))
                    .fits(claim.algorithm(), claim.digest());
        }
        if (entry.kind() != Kind.FILE && entry.kind() != Kind.HARD_LINK) {
            return true;
        }
        var content = contents.get(place);
        return content != null && !content.fits(claim.algorithm(), claim.digest());
    }

    /// Where the thing lies that the database has at a path; empty where there is nothing.
    private String place(PackageType type, String path) {
        if (type == PackageType.DEB) {
            return tree.resolve(path).orElse("");
        }
        var slash = path.lastIndexOf('/');
        if (slash < 0) {
            return path;
        }
        return tree.resolve(path.substring(0, slash))
                .map(folder -> (folder.isEmpty() ? "" : folder + "/") + path.substring(slash + 1))
                .orElse("");
    }

    /// What was left out because of a limit, for an unknown; empty where nothing was.
    Optional<String> excess() {
        return excess
                ? Optional.of("over " + MAX_DEVIATIONS + " files deviate; the rest was left out")
                : Optional.empty();
    }

    private void add(FileClaim claim, PackageUrl owner, FileDeviation.Kind kind) {
        if (deviations.size() == MAX_DEVIATIONS) {
            excess = true;
            return;
        }
        deviations.add(new FileDeviation(claim.path(), owner.toString(), kind, claim.configuration()));
    }
}
