package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Subject;
import java.util.ArrayList;
import java.util.List;

/// What a rule about licences cannot know.
final class UnknownLicenses {

    private UnknownLicenses() {}

    /// Packages that were not read, and a document that says nothing of licences.
    static List<Gap> gaps(Subject subject, PackageScope scope) {
        var gaps = new ArrayList<>(subject.gapsOfPackages(scope::holds));
        if (areUnsaid(subject)) {
            gaps.add(Gap.unknown(UnknownFacts.whatTells(subject.inventory())
                    + " does not say which licences packages have: scan the image itself, or take a document with"
                    + " licences"));
        }
        return List.copyOf(gaps);
    }

    /// Whether a package without licences is one of which the document says nothing.
    static boolean areUnsaid(Subject subject) {
        return subject.inventory()
                .document()
                .filter(document -> document.unsaid().contains(PackageFact.LICENSES))
                .isPresent();
    }
}
