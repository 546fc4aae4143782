package dev.plimsoll.image.daemon;

import dev.plimsoll.image.Platform;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.List;

/// What a daemon knows of an image.
///
/// Source: Docker Engine API, `ImageInspect`.
///
/// @param id digest of the configuration; where images lie in containerd's store, that of the manifest or index
/// @param names with their tags
/// @param repoDigests `repository@sha256:…`: under what the image was pulled or pushed
/// @param platform of the image that the daemon would run
/// @param layers diff ids, lowest first; empty where it does not say
public record DaemonImage(
        String id, List<String> names, List<String> repoDigests, Platform platform, List<String> layers) {

    public DaemonImage {
        names = List.copyOf(names);
        repoDigests = List.copyOf(repoDigests);
        layers = List.copyOf(layers);
    }

    static DaemonImage read(JsonObject object) {
        return new DaemonImage(
                object.string("Id").orElse(""),
                object.strings("RepoTags"),
                object.strings("RepoDigests"),
                new Platform(
                        object.string("Os").orElse(""),
                        object.string("Architecture").orElse(""),
                        object.string("Variant").orElse("")),
                object.object("RootFS").strings("Layers"));
    }
}
