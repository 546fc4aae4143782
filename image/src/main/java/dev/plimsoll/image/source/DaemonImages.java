package dev.plimsoll.image.source;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.daemon.DaemonClient;
import dev.plimsoll.image.daemon.DaemonImage;
import dev.plimsoll.image.daemon.DaemonLimits;
import dev.plimsoll.image.daemon.DaemonSettings;
import dev.plimsoll.image.daemon.Daemons;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Images that a container engine keeps. The daemon is asked what it knows of the image, and exports it by the id
/// that it told: a tag that moves meanwhile changes nothing. What comes is held against what was told.
///
/// @param engine which kind of daemon
record DaemonImages(Daemons engine) implements ImageSource {

    @Override
    public List<String> schemes() {
        return switch (engine) {
            case DOCKER -> List.of("docker", "docker-daemon");
            case PODMAN -> List.of("podman");
        };
    }

    @Override
    public String form() {
        return "NAME[:TAG]";
    }

    @Override
    public boolean has(String word, SourceContext context) {
        return !Images.isSurelyAPath(word) && engine.has(word, settings(context));
    }

    @Override
    public Image open(String place, SourceContext context) throws IOException {
        if (context.imageName().isPresent()) {
            throw new ImageException(
                    Kind.NOT_FOUND,
                    schemes().getFirst() + ":" + place + " names the image itself; --image is for archives");
        }
        var daemon = engine.connect(settings(context), DaemonLimits.DEFAULTS);
        var wanted = context.options().platform();
        var asked = daemon.knowsPlatforms() ? wanted : Optional.<Platform>empty();
        var answer = daemon.inspect(place, asked);
        if (answer.isEmpty()) {
            throw notThere(daemon, place);
        }
        var known = answer.get();
        var id = Digest.parse(known.id())
                .orElseThrow(() -> unreadable(daemon, "tells the id \"" + known.id() + "\", which is no digest"));
        refuseOtherPlatform(daemon, place, known, wanted);
        refuseOtherDigest(daemon, place, known);
        try (var export = daemon.export(known.id(), asked)) {
            return spooled(context.spool(export, daemon.origin()), daemon, id, known, context)
                    .askedAs(place);
        }
    }

    private static DaemonSettings settings(SourceContext context) {
        return new DaemonSettings(context.environment(), context.home());
    }

    private OpenedImage spooled(Spool spool, DaemonClient daemon, Digest id, DaemonImage known, SourceContext context)
            throws IOException {
        try {
            var container = TarContainer.index(
                    spool.file(), daemon.origin(), context.options().limits());
            var opened = opened(container, daemon, id, known, context.options());
            refuseOtherLayers(daemon, opened, known);
            return new OpenedImage(
                            schemes().getFirst(),
                            daemon.origin(),
                            known.names().stream().sorted().toList(),
                            known.repoDigests(),
                            opened.knownId(),
                            opened.manifestDigest(),
                            opened.knownConfiguration(),
                            opened.documents(),
                            opened.blobs(),
                            () -> {})
                    .holding(spool);
        } catch (IOException | RuntimeException | Error e) {
            ArchiveSource.close(spool);
            throw e;
        }
    }

    /// The id is that of the configuration, and the archive a docker archive; in containerd's store it is that of
    /// a manifest or an index, and the archive a layout that holds it.
    private static OpenedImage opened(
            TarContainer container, DaemonClient daemon, Digest id, DaemonImage known, OpenOptions options)
            throws IOException {
        var manifest = new Documents(container, options.limits()).find("manifest.json");
        if (manifest.isPresent() && manifest.get().value() instanceof JsonArray(var entries)) {
            for (var entry : entries) {
                if (entry instanceof JsonObject object
                        && object.string("Config").orElse("").contains(id.hex())) {
                    var any = new OpenOptions(Optional.empty(), options.host(), options.limits());
                    return DockerArchives.open(container, Optional.of("@" + id), any);
                }
            }
        }
        if (container.find("index.json").isPresent()) {
            var that = new OpenOptions(Optional.of(known.platform()), options.host(), options.limits());
            return Layouts.open(container, Optional.of("@" + id), that);
        }
        throw unreadable(
                daemon,
                container.mayBeCut()
                        ? "exports an archive that is cut off"
                        : "exports another image than the one with the id " + id);
    }

    private static void refuseOtherPlatform(
            DaemonClient daemon, String place, DaemonImage known, Optional<Platform> wanted) throws ImageException {
        if (wanted.isPresent() && !ManifestFinder.fits(wanted.get(), known.platform())) {
            throw new ImageException(
                    Kind.NOT_FOUND,
                    daemon.origin() + ": \"" + place + "\" is there for " + known.platform() + ", not for "
                            + wanted.get() + " (--platform)"
                            + (daemon.knowsPlatforms() ? "" : "; this daemon keeps one platform of a name"));
        }
    }

    /// A digest that was asked for must be one that the daemon knows the image by.
    private static void refuseOtherDigest(DaemonClient daemon, String place, DaemonImage known) throws ImageException {
        var at = place.indexOf('@');
        if (at < 0) {
            return;
        }
        var digest = place.substring(at + 1);
        var fits =
                known.id().equals(digest) || known.repoDigests().stream().anyMatch(own -> own.endsWith("@" + digest));
        if (!fits) {
            throw unreadable(daemon, "answers to \"" + place + "\" with an image that has not that digest");
        }
    }

    private static void refuseOtherLayers(DaemonClient daemon, OpenedImage opened, DaemonImage known)
            throws ImageException {
        var diffIds = opened.knownConfiguration().diffIds().stream()
                .map(Digest::toString)
                .toList();
        if (!known.layers().isEmpty() && !known.layers().equals(diffIds)) {
            throw unreadable(daemon, "exports other layers than it told of the image " + known.id());
        }
    }

    private static ImageException notThere(DaemonClient daemon, String place) throws ImageException {
        return new ImageException(
                Kind.NOT_FOUND,
                daemon.origin() + " has no image \"" + place + "\"; it has: " + nearFirst(place, daemon.names()));
    }

    /// Those that look like what was asked for first, then the others, not too many.
    static String nearFirst(String place, List<String> names) {
        if (names.isEmpty()) {
            return "none with a name";
        }
        var bare = place.substring(place.lastIndexOf('/') + 1).split("[:@]", 2)[0];
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparing((String name) -> bare.isEmpty() || !name.contains(bare))
                .thenComparing(Comparator.naturalOrder()));
        return Layouts.join(sorted);
    }

    private static ImageException unreadable(DaemonClient daemon, String reason) {
        return new ImageException(Kind.UNREADABLE, daemon.origin() + " " + reason);
    }
}
