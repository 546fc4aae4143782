package dev.plimsoll.server.judging;

import dev.plimsoll.policy.ImageName;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.images.ImageRow;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Finds the image that a reference means: `registry/repository:tag`, a digest, or both.
final class References {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String HUB = "docker.io";

    private References() {}

    /// An image, and the name that it is judged under.
    ///
    /// @param name empty where it has none
    record Found(ImageRow image, String name) {}

    /// The account's image.
    ///
    /// @param name that it is to be judged under, where the reference is no name
    /// @param at as of when tags are read; empty for now
    /// @throws ProblemException where there is none
    static Found find(Handle handle, long accountId, String reference, Optional<String> name, Optional<Instant> at) {
        var digest = digest(reference);
        if (digest.isPresent()) {
            var image = ImageRow.demanded(handle, accountId, digest.get());
            if (at.filter(instant -> instant.isBefore(image.addedAt())).isPresent()) {
                throw ProblemException.notFound(
                        "the image " + reference + " was not there at " + at.get() + "; it came at " + image.addedAt());
            }
            return new Found(image, name.orElseGet(() -> firstName(handle, accountId, image.id(), at)));
        }
        return tagged(handle, accountId, reference, at)
                .orElseThrow(() -> ProblemException.notFound("no image of this account "
                        + at.map(instant -> "was called " + reference + " at " + instant)
                                .orElse("is called " + reference)
                        + "; submit it with POST /api/v1/images, or name it as GET /api/v1/tags does:"
                        + " registry/repository:tag"));
    }

    private static Optional<String> digest(String reference) {
        var last = reference.substring(reference.indexOf('@') + 1);
        return DIGEST.matcher(last).matches() ? Optional.of(last) : Optional.empty();
    }

    private static String firstName(Handle handle, long accountId, long image, Optional<Instant> at) {
        return handle.createQuery("""
                        select registry || '/' || repository || ':' || tag from tag
                        where account_id = :account and image_id = :image
                            and case when cast(:at as timestamptz) is null then to_at is null
                                else from_at <= :at and (to_at is null or to_at > :at) end
                        order by 1 limit 1""")
                .bind("account", accountId)
                .bind("image", image)
                .bind("at", at.orElse(null))
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }

    private static Optional<Found> tagged(Handle handle, long accountId, String reference, Optional<Instant> at) {
        var name = ImageName.parse(reference);
        boolean official = name.registry().equals(HUB) && name.repository().indexOf('/') < 0;
        record Tag(long image, String name) {}
        return handle.createQuery("""
                        select image_id, registry || '/' || repository || ':' || tag as name from tag
                        where account_id = :account and registry = :registry and repository = any(:repositories)
                            and tag = :tag
                            and case when cast(:at as timestamptz) is null then to_at is null
                                else from_at <= :at and (to_at is null or to_at > :at) end
                        order by from_at desc, id desc limit 1""")
                .bind("account", accountId)
                .bind("registry", name.registry())
                .bindArray(
                        "repositories",
                        String.class,
                        official
                                ? java.util.List.of(name.repository(), "library/" + name.repository())
                                : java.util.List.of(name.repository()))
                .bind("tag", name.tag())
                .bind("at", at.orElse(null))
                .map((row, _) -> new Tag(row.getLong("image_id"), row.getString("name")))
                .findOne()
                .flatMap(tag -> ImageRow.byId(handle, tag.image())
                        .filter(image -> image.accountId() == accountId)
                        .map(image -> new Found(image, tag.name())));
    }
}
