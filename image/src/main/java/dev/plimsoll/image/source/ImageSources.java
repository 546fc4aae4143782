package dev.plimsoll.image.source;

import dev.plimsoll.image.daemon.Daemons;
import java.util.List;
import java.util.Optional;

/// All kinds of places that images come from, in the order in which a word without a scheme is looked for in them.
final class ImageSources {

    static final List<ImageSource> ALL = List.of(
            new FolderSource(),
            new ArchiveSource(ArchiveSource.Expected.ANY),
            new ArchiveSource(ArchiveSource.Expected.DOCKER_ARCHIVE),
            new ArchiveSource(ArchiveSource.Expected.OCI_LAYOUT),
            new FileSource(),
            new DaemonImages(Daemons.DOCKER),
            new DaemonImages(Daemons.PODMAN),
            new StorageImages(),
            // last, for it alone cannot say without asking a network whether it has something
            new RegistryImages());

    private ImageSources() {}

    static Optional<ImageSource> named(String scheme) {
        return ALL.stream().filter(source -> source.schemes().contains(scheme)).findFirst();
    }
}
