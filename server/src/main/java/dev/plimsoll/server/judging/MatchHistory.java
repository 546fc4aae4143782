package dev.plimsoll.server.judging;

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

/// Since when vulnerabilities hit an image, as the rows of matches tell.
public final class MatchHistory implements FirstSeen {

    /// The form that a document of a run would have.
    private static final String FORM = "1.3";

    @Override
    public Optional<FormerResult> of(Handle handle, ImageRow image, Instant at) {
        if (image.analyzedAt().filter(analyzed -> !analyzed.isAfter(at)).isEmpty()) {
            return Optional.empty();
        }
        var findings = dev.plimsoll.server.advisories.FirstSeen.of(handle, image.id(), Optional.of(at)).stream()
                .map(found -> new FormerFinding(
                        found.vulnerability(),
                        found.ids(),
                        new FormerPackage(found.purl(), found.type(), found.name(), found.version()),
                        found.severity(),
                        found.fixedIn(),
                        found.firstSeen(),
                        found.fixSeen()))
                .toList();
        return Optional.of(new FormerResult(
                FORM,
                new FormerImage(
                        image.digest(),
                        Optional.empty(),
                        image.configurationDigest().flatMap(MatchHistory::digest),
                        digest(image.digest())),
                at,
                Optional.empty(),
                Optional.of(findings),
                List.of(),
                Optional.empty()));
    }

    private static Optional<Digest> digest(String text) {
        return text.matches("sha256:[0-9a-f]{64}")
                ? Optional.of(Digest.sha256(text.substring("sha256:".length())))
                : Optional.empty();
    }
}
