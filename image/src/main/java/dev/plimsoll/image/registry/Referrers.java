package dev.plimsoll.image.registry;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks what refers to a manifest: the referrers API, or the index that clients keep where a registry has none.
///
/// Source: Distribution Specification 1.1, "Listing Referrers", "Unavailable Referrers API", "Referrers Tag Schema".
///
/// @param reference names the repository as it is asked for
/// @param where names the image in messages
/// @param most more are refused
record Referrers(Session session, Reference reference, String where, int mostBytes, int most) {

    List<Referrer> of(Digest digest, Optional<String> artifactType) throws IOException {
        var repository = reference.repository();
        List<Referrer> all = new ArrayList<>();
        var status = new Pages(session, repository, RegistryClient.pullScope(repository), where)
                .read(
                        "/v2/" + repository + "/referrers/" + digest
                                + artifactType
                                        .map(type -> "?artifactType=" + RegistryClient.encoded(type))
                                        .orElse(""),
                        (page, _) -> {
                            add(page, all);
                            return all.size() <= most;
                        });
        if (status == 404) {
            add(fallback(digest), all);
        }
        if (all.size() > most) {
            throw Failure.unreadable(where + ": the registry lists more than the limit of " + most + " (--max-names)");
        }
        // a registry may leave the filtering to us (header OCI-Filters-Applied)
        return all.stream()
                .filter(referrer ->
                        artifactType.isEmpty() || referrer.artifactType().equals(artifactType.get()))
                .toList();
    }

    private static void add(JsonObject index, List<Referrer> all) {
        index.objects("manifests")
                .forEach(descriptor -> Referrer.read(descriptor).ifPresent(all::add));
    }

    private JsonObject fallback(Digest digest) throws IOException {
        var tag = new Reference(
                reference.registry(),
                reference.repository(),
                Optional.of(RegistryClient.digestTag(digest)),
                Optional.empty());
        var index = Manifests.find(session, tag, where, mostBytes);
        if (index.isEmpty()) {
            return JsonObject.EMPTY;
        }
        try {
            if (JsonReader.read(index.get().bytes(), JsonLimits.FOREIGN.withBytes(mostBytes))
                    instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw new ImageException(
                    ImageException.Kind.UNREADABLE, where + ": the index " + tag.manifest() + ": " + e.getMessage(), e);
        }
        throw Failure.unreadable(where + ": the index " + tag.manifest() + " is no JSON object");
    }
}
