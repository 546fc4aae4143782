package dev.plimsoll.server.images;

import dev.plimsoll.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/// An image as the API tells it.
public final class ImageJson {

    private ImageJson() {}

    /// Members of an object that was begun.
    ///
    /// @param names that point to it now
    public static void members(JsonWriter json, ImageRow image, List<String> names) {
        json.member("digest", image.digest())
                .member("index_digest", image.indexDigest())
                .member("configuration_digest", image.configurationDigest())
                .strings("names", names)
                .member("platform", image.platform())
                .member("distro", image.distro());
        image.sizeBytes().ifPresent(size -> json.member("size_bytes", size));
        json.member("created_at", image.createdAt().map(Instant::toString))
                .member("state", image.state())
                .member("reason", image.reason());
        image.packages().ifPresent(count -> json.member("packages", count));
        json.member("added_at", image.addedAt().toString())
                .member("analyzed_at", image.analyzedAt().map(Instant::toString));
    }
}
