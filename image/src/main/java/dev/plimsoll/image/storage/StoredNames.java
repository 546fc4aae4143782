package dev.plimsoll.image.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which of a storage's images is meant by a name.
///
/// Source: containers-transports(5), "containers-storage"; podman-pull(1), "short names".
public final class StoredNames {

    /// In digits: fewer say too little.
    static final int MIN_ID = 3;

    private static final Pattern ID = Pattern.compile("@?(?:sha256:)?([0-9a-f]{" + MIN_ID + ",64})");

    private StoredNames() {}

    /// The images that a name may mean: the first rule under which there is one decides. A name as it stands,
    /// with `:latest`, in `localhost`, in `docker.io`, as the end of a longer one; then the beginning of an id.
    ///
    /// @param name also `name@sha256:…`, an id, its beginning, or an id behind an `@`
    /// @return mostly one; several where a short name or the beginning of an id fits several
    public static List<StoredImage> find(String name, List<StoredImage> images) {
        var at = name.indexOf('@');
        if (at > 0 && name.startsWith("sha256:", at + 1)) {
            return byDigest(name.substring(0, at), name.substring(at + 1).toLowerCase(Locale.ROOT), images);
        }
        if (at > 0) {
            // skopeo writes name@id
            return byId(name.substring(at + 1), images);
        }
        var wanted = withTag(name);
        for (var full : List.of(wanted, "localhost/" + wanted, "docker.io/library/" + wanted, "docker.io/" + wanted)) {
            var found = images.stream()
                    .filter(image -> image.names().contains(full))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        var ending = images.stream()
                .filter(image -> image.names().stream().anyMatch(own -> own.endsWith("/" + wanted)))
                .toList();
        return ending.isEmpty() ? byId(name, images) : ending;
    }

    private static List<StoredImage> byId(String text, List<StoredImage> images) {
        var matcher = ID.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return List.of();
        }
        return images.stream()
                .filter(image -> image.id().startsWith(matcher.group(1)))
                .toList();
    }

    /// A name before a digest must be one of the image's, with any tag, as long as the digest is its own too.
    private static List<StoredImage> byDigest(String name, String digest, List<StoredImage> images) {
        var repository = repository(name);
        List<StoredImage> found = new ArrayList<>();
        for (var image : images) {
            var own = image.digest().equals(digest)
                    || image.digests().contains(digest)
                    || digest.equals("sha256:" + image.id());
            var named = image.names().stream()
                    .map(StoredNames::repository)
                    .anyMatch(full -> full.equals(repository) || full.endsWith("/" + repository));
            if (own && named) {
                found.add(image);
            }
        }
        return found;
    }

    /// The name without tag and digest.
    public static String repository(String name) {
        var at = name.indexOf('@');
        var bare = at < 0 ? name : name.substring(0, at);
        var colon = bare.lastIndexOf(':');
        return colon > bare.lastIndexOf('/') ? bare.substring(0, colon) : bare;
    }

    private static String withTag(String name) {
        return name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
    }
}
