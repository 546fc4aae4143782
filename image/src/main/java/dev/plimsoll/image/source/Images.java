package dev.plimsoll.image.source;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.registry.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Opens images, wherever they are.
public final class Images {

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):(.*)", Pattern.DOTALL);

    /// Where a registry is called `registry`, as in many a compose file, its port stands where a place would.
    private static final Pattern HOST_CALLED_REGISTRY = Pattern.compile("registry:[0-9]{1,5}/.*", Pattern.DOTALL);

    /// What a person who writes it means to be a file.
    private static final Pattern SURELY_A_PATH =
            Pattern.compile("(?:/|\\.|~).*|.*\\.(?:tar|tgz|tar\\.(?:gz|zst|xz|bz2)|json|zip|jar)", Pattern.DOTALL);

    private static final Pattern BEGINS_WITH_A_HOST = Pattern.compile("[A-Za-z0-9-]+[.:][^/]*/.*", Pattern.DOTALL);

    private Images() {}

    /// Opens an image of the working folder and its surroundings, without an environment.
    ///
    /// @see #open(String, SourceContext)
    public static Image open(String where, OpenOptions options) throws IOException {
        return open(where, SourceContext.of(options));
    }

    /// Opens an image: reads and verifies its manifest and configuration.
    ///
    /// @param where a place with its scheme (`docker-archive:FILE[:NAME]`, `oci-layout:PATH[:TAG]`, …), or a word
    ///     without one, which is looked for: as a path, then in the other places, or in those of `context.from()`.
    ///     A name or tag may be a digest, `@sha256:…`
    /// @throws ImageException when there is nothing, more than one, or nothing readable
    public static Image open(String where, SourceContext context) throws IOException {
        refuseAddress(where);
        var matcher = SCHEME.matcher(where);
        if (matcher.matches() && !HOST_CALLED_REGISTRY.matcher(where).matches()) {
            var source = ImageSources.named(matcher.group(1).toLowerCase(Locale.ROOT));
            if (source.isPresent()) {
                return source.get().open(matcher.group(2), context);
            }
        }
        var places = places(context.from());
        for (var source : places) {
            // of one place that is asked for by name it is that place that says what is wrong
            if (places.size() == 1) {
                return source.open(where, context);
            }
            if (source.has(where, context)) {
                return openWord(where, source, context);
            }
        }
        throw notFound(where, places);
    }

    /// A registry that knows nothing of a word may be the wrong place for it: it may be a path with a mistake.
    private static Image openWord(String word, ImageSource source, SourceContext context) throws IOException {
        try {
            return source.open(word, context);
        } catch (ImageException e) {
            throw source instanceof RegistryImages && !RegistryImages.namesItsRegistry(word)
                    ? new ImageException(
                            e.kind(), e.getMessage() + " (nor is there a file or folder of the name " + word + ")", e)
                    : e;
        }
    }

    /// Every way to name an image, `oci-layout:FOLDER-OR-FILE[:TAG]`, for help and messages.
    public static List<String> forms() {
        return ImageSources.ALL.stream()
                .map(source -> source.schemes().getFirst() + ":" + source.form())
                .toList();
    }

    private static List<ImageSource> places(List<String> from) throws ImageException {
        if (from.isEmpty()) {
            return ImageSources.ALL;
        }
        List<ImageSource> places = new ArrayList<>();
        for (var name : from) {
            places.add(ImageSources.named(name.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new ImageException(
                            Kind.NOT_FOUND,
                            "--from: there is no \"" + name + "\"; there are: "
                                    + ImageSources.ALL.stream()
                                            .map(source -> source.schemes().getFirst())
                                            .collect(Collectors.joining(", ")))));
        }
        return places;
    }

    /// What other tools, or a browser, call an image.
    private static void refuseAddress(String where) throws ImageException {
        var slashes = where.indexOf("://");
        if (slashes > 0 && List.of("docker", "http", "https").contains(where.substring(0, slashes))) {
            throw new ImageException(
                    Kind.NOT_FOUND,
                    where + ": is no name of an image; write registry:" + where.substring(slashes + "://".length()));
        }
    }

    private static ImageException notFound(String where, List<ImageSource> places) {
        var matcher = SCHEME.matcher(where);
        if (matcher.matches()
                && !matcher.group(1).contains(".")
                && !SURELY_A_PATH.matcher(where).matches()) {
            return new ImageException(
                    Kind.NOT_FOUND,
                    where + ": \"" + matcher.group(1).toLowerCase(Locale.ROOT) + ":\" is not supported; supported are "
                            + String.join(", ", forms()));
        }
        if (BEGINS_WITH_A_HOST.matcher(where).matches()) {
            try {
                Reference.parse(where);
            } catch (ImageException e) {
                return e; // a capital letter, for example
            }
        }
        return new ImageException(
                Kind.NOT_FOUND,
                where + ": there is no such file or folder; an image is named by "
                        + places.stream()
                                .map(source -> source.schemes().getFirst() + ":" + source.form())
                                .collect(Collectors.joining(", ")));
    }

    /// Whether a word looks so much like a path that nobody means the name of an image by it.
    static boolean isSurelyAPath(String word) {
        return SURELY_A_PATH.matcher(word).matches();
    }
}
