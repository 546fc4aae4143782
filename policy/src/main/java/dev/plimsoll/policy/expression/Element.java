package dev.plimsoll.policy.expression;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.rule.Subject;
import java.util.Optional;

/// What a condition is asked of: an image, or something in it.
///
/// @param item the package, that of the finding where there is one
public record Element(
        Subject subject, Optional<ImagePackage> item, Optional<Finding> finding, Optional<Secret> secret) {

    public static Element of(Subject image) {
        return new Element(image, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Element of(Subject image, ImagePackage item) {
        return new Element(image, Optional.of(item), Optional.empty(), Optional.empty());
    }

    public static Element of(Subject image, Finding finding) {
        return new Element(image, Optional.of(finding.item()), Optional.of(finding), Optional.empty());
    }

    public static Element of(Subject image, Secret secret) {
        return new Element(image, Optional.empty(), Optional.empty(), Optional.of(secret));
    }
}
