package dev.plimsoll.server.advisories;

import dev.plimsoll.image.Digest;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import dev.plimsoll.policy.background.FormerResult.FormerImage;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.server.images.ImageRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What the tables know of an image, in the form in which an earlier run would tell it to the policy engine.
public final class FormerFindings {

    /// Of the form of results that tells since when a vulnerability and its fix are known.
    private static final String FORM = "1.3";

    private FormerFindings() {}

    /// Its findings with the instants since when they, and their fixes, are known.
    ///
    /// @param at as of when: what began later is left out
    /// @return empty where the image was not analysed then
    public static Optional<FormerResult> of(Handle handle, ImageRow image, Instant at) {
        if (image.analyzedAt().isEmpty() || image.analyzedAt().get().isAfter(at)) {
            return Optional.empty();
        }
        return Optional.of(new FormerResult(
                FORM,
                new FormerImage(
                        image.digest(),
                        Optional.empty(),
                        image.configurationDigest().flatMap(Digest::parse),
                        Digest.parse(image.digest())),
                at,
                Optional.empty(),
                Optional.of(FirstSeen.of(handle, image.id(), Optional.of(at)).stream()
                        .map(FormerFindings::finding)
                        .toList()),
                List.of(),
                Optional.empty()));
    }

    private static FormerFinding finding(FirstSeen seen) {
        return new FormerFinding(
                seen.vulnerability(),
                seen.ids(),
                new FormerPackage(seen.purl(), seen.type(), seen.name(), seen.version()),
                seen.severity(),
                seen.fixedIn(),
                seen.firstSeen(),
                seen.fixSeen());
    }
}
