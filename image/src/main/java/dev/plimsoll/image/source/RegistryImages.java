package dev.plimsoll.image.source;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.registry.Reference;
import dev.plimsoll.image.registry.RegistryClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Images of registries. Layers stream from the network into whoever reads them; nothing is stored.
final class RegistryImages implements ImageSource {

    @Override
    public List<String> schemes() {
        return List.of("registry");
    }

    @Override
    public String form() {
        return "NAME[:TAG][@DIGEST]";
    }

    /// Whether the word could be the name of an image; no registry is asked.
    @Override
    public boolean has(String word, SourceContext context) {
        if (Images.isSurelyAPath(word)) {
            return false;
        }
        try {
            Reference.parse(word);
            return true;
        } catch (ImageException _) {
            return false;
        }
    }

    /// Whether a word is so much the name of an image that nobody means a path by it.
    static boolean namesItsRegistry(String word) {
        try {
            return word.startsWith(Reference.parse(word).registry() + "/");
        } catch (ImageException _) {
            return false;
        }
    }

    @Override
    public Image open(String place, SourceContext context) throws IOException {
        var reference = Reference.parse(place);
        context.progress().accept("asking " + reference.registry());
        var client = RegistryClient.of(context.registries().in(context.environment(), context.timeout()));
        try {
            return open(reference, client, context.options()).holding(client::close);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static OpenedImage open(Reference reference, RegistryClient client, OpenOptions options)
            throws IOException {
        var remote = client.image(reference, options.limits().manifestBytes());
        var root = remote.root();
        var documents = new Documents(new RegistryContainer(remote, options.limits()), options.limits());
        var descriptor =
                new Descriptor(root.mediaType(), root.digest(), root.size(), Optional.empty(), List.of(), false);
        var found = new ManifestFinder(documents, options).among(List.of(descriptor), true);
        var mirror = remote.registry().equals(reference.registry()) ? "" : ", by " + remote.registry();
        return Layouts.open(documents, found)
                .from(
                        "registry",
                        "registry " + reference.registry() + mirror,
                        List.of(reference.taggedOrDigested()),
                        List.of(reference.name() + "@" + root.digest()))
                .over(remote.connection());
    }
}
