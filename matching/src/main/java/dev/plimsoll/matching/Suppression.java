package dev.plimsoll.matching;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.DistributionRelease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules by which a finding does not count, in their order. Each leaves its reason.
///
/// @param judgedRelease the image's release, where there is data for it
record Suppression(Optional<DistributionRelease> judgedRelease, boolean onlyFixed) {

    /// Headers of the kernel: a container has no kernel of its own, so the kernel's advisories say nothing of them.
    private static final Pattern KERNEL_HEADERS =
            Pattern.compile("linux-libc-dev|linux-headers|linux(-.*)?-headers-.*|linux-kbuild-.*|kernel-headers");

    private static final Pattern KERNEL_SOURCE = Pattern.compile("(linux|kernel)(-.*)?");

    /// Why the finding does not count; empty where it does.
    ///
    /// @param fixedHere by each name of a vulnerability, a record that says that the version carries the fix
    Optional<String> reason(Finding finding, VulnerabilityGroup group, Map<String, Hit> fixedHere) {
        return saidNotAffected(group.notAffected())
                .or(() -> fixedByErratum(group, fixedHere))
                .or(() -> owned(finding.item()))
                .or(() -> kernelHeaders(finding))
                .or(() -> AbsentFunctions.reason(finding.item(), group.affected()))
                .or(() -> withoutFix(finding));
    }

    private static Optional<String> saidNotAffected(List<Hit> notAffected) {
        return notAffected.stream()
                .map(hit -> hit.record().advisory().id() + " of "
                        + hit.record().advisory().feed() + " says that "
                        + hit.record().affected().name() + " in " + hit.search().ecosystem() + " is not affected")
                .sorted()
                .findFirst();
    }

    /// A tracker's general record knows the fix of the newest release only; the fix of this release stands in an
    /// erratum
    /// of its own. A record that names a later fix for this release is not silenced: the first fix was not enough.
    private static Optional<String> fixedByErratum(VulnerabilityGroup group, Map<String, Hit> fixedHere) {
        boolean namesFix = group.affected().stream()
                .anyMatch(hit -> hit.record().affected().fixState() == FixState.FIXED);
        return namesFix
                ? Optional.empty()
                : group.keys().stream()
                        .filter(fixedHere::containsKey)
                        .map(fixedHere::get)
                        .map(hit -> hit.record().advisory().id() + " of "
                                + hit.record().advisory().feed() + " says that "
                                + hit.record().affected().name() + " in "
                                + hit.search().ecosystem() + " is fixed in "
                                + String.join(", ", hit.record().affected().fixedIn()))
                        .findFirst();
    }

    private Optional<String> owned(ImagePackage item) {
        return item.type().ofDistribution() || judgedRelease.isEmpty()
                ? Optional.empty()
                : item.ownedBy()
                        .map(owner -> "belongs to " + owner + ", which the data of " + judgedRelease.get() + " judges");
    }

    private static Optional<String> kernelHeaders(Finding finding) {
        var item = finding.item();
        boolean headersOnly = item.type().ofDistribution()
                && KERNEL_HEADERS.matcher(item.name()).matches()
                && finding.reasons().stream()
                        .allMatch(reason -> reason.indirect()
                                && KERNEL_SOURCE.matcher(reason.searchedName()).matches());
        return headersOnly
                ? Optional.of("holds the kernel's headers, not the kernel; matched only through its source package "
                        + finding.reasons().getFirst().searchedName())
                : Optional.empty();
    }

    private Optional<String> withoutFix(Finding finding) {
        return onlyFixed && finding.fixState() != FixState.FIXED
                ? Optional.of(
                        "has no fix (" + finding.fixState().word() + "), and only findings with one were asked for")
                : Optional.empty();
    }
}
