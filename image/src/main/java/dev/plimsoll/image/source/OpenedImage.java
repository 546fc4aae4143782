package dev.plimsoll.image.source;

import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.layer.Blob;
import dev.plimsoll.image.layer.Layers;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An image whose layers are blobs. Holds no file open between readings.
///
/// @param origin the place, for people
/// @param names the one that was asked for first, the others sorted
/// @param knownId the digest of the configuration
/// @param knownConfiguration what it says
/// @param held what is given back when the image is closed: a temporary file
/// @param connection how the registry was asked, where there was one
record OpenedImage(
        String transport,
        String origin,
        List<String> names,
        List<String> repoDigests,
        Digest knownId,
        Optional<Digest> manifestDigest,
        ImageConfiguration knownConfiguration,
        List<ImageDocument> documents,
        List<Blob> blobs,
        Closeable held,
        Optional<Connection> connection)
        implements Image {

    OpenedImage {
        names = names.stream().distinct().toList();
        repoDigests = repoDigests.stream().distinct().sorted().toList();
        documents = List.copyOf(documents);
        blobs = List.copyOf(blobs);
    }

    /// Of no registry.
    OpenedImage(
            String transport,
            String origin,
            List<String> names,
            List<String> repoDigests,
            Digest knownId,
            Optional<Digest> manifestDigest,
            ImageConfiguration knownConfiguration,
            List<ImageDocument> documents,
            List<Blob> blobs,
            Closeable held) {
        this(
                transport,
                origin,
                names,
                repoDigests,
                knownId,
                manifestDigest,
                knownConfiguration,
                documents,
                blobs,
                held,
                Optional.empty());
    }

    /// The same, from a registry that was asked so.
    OpenedImage over(Connection known) {
        return new OpenedImage(
                transport,
                origin,
                names,
                repoDigests,
                knownId,
                manifestDigest,
                knownConfiguration,
                documents,
                blobs,
                held,
                Optional.of(known));
    }

    /// The same, which gives back something more when it is closed.
    OpenedImage holding(Closeable more) {
        return new OpenedImage(
                transport,
                origin,
                names,
                repoDigests,
                knownId,
                manifestDigest,
                knownConfiguration,
                documents,
                blobs,
                () -> {
                    try (held) {
                        more.close();
                    }
                },
                connection);
    }

    /// The same with the name in front by which the user asked for it, as far as it has it: which name a policy maps
    /// must not depend on what else somebody called the image.
    ///
    /// @param asked a name, perhaps without registry or tag, or a tag alone
    OpenedImage askedAs(String asked) {
        var ordered = new ArrayList<>(names.stream().sorted().toList());
        for (var ending : List.of(asked, "/" + asked, ":" + asked)) {
            for (var tagged : List.of(ending, ending + ":latest")) {
                var found = ordered.stream()
                        .filter(name -> ending.equals(asked) ? name.equals(tagged) : name.endsWith(tagged))
                        .findFirst();
                if (found.isPresent()) {
                    ordered.remove(found.get());
                    ordered.addFirst(found.get());
                    return new OpenedImage(
                            transport,
                            origin,
                            ordered,
                            repoDigests,
                            knownId,
                            manifestDigest,
                            knownConfiguration,
                            documents,
                            blobs,
                            held,
                            connection);
                }
            }
        }
        return this;
    }

    /// The same image as another place knows it.
    ///
    /// @param moreNames beside those that its own documents give
    OpenedImage from(String otherTransport, String otherOrigin, List<String> moreNames, List<String> otherRepoDigests) {
        return new OpenedImage(
                otherTransport,
                otherOrigin,
                Stream.concat(names.stream(), moreNames.stream()).toList(),
                otherRepoDigests,
                knownId,
                manifestDigest,
                knownConfiguration,
                documents,
                blobs,
                held,
                connection);
    }

    @Override
    public Optional<Digest> id() {
        return Optional.of(knownId);
    }

    @Override
    public Optional<ImageConfiguration> configuration() {
        return Optional.of(knownConfiguration);
    }

    @Override
    public boolean verified() {
        return blobs.stream().allMatch(Blob::isVerified);
    }

    @Override
    public List<LayerDescriptor> layers() {
        return blobs.stream().map(Blob::layer).toList();
    }

    @Override
    public <R> List<LayerResult<R>> readLayers(LayerVisitor.Factory<R> visitors, ReadOptions options)
            throws IOException {
        return Layers.read(blobs, visitors, options);
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
