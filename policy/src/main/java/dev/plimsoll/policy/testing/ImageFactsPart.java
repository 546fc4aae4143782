package dev.plimsoll.policy.testing;

import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImageFacts.LayerFacts;
import dev.plimsoll.purl.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What small facts say of the image itself.
///
/// @param created as the configuration has it
/// @param layers bytes of each, unpacked
record ImageFactsPart(
        Optional<Digest> id,
        Optional<Digest> digest,
        String transport,
        Optional<Connection> connection,
        Platform platform,
        String user,
        List<String> ports,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String workingDirectory,
        List<String> volumes,
        Map<String, String> labels,
        Optional<List<String>> healthcheck,
        String created,
        List<String> history,
        List<Long> layers,
        Optional<BaseImage> base,
        Optional<Distribution> distribution,
        Optional<String> dockerfile) {

    /// @param known whether the configuration and what comes with it is
    /// @param atLeast layers that other facts speak of
    ImageFacts facts(boolean known, int atLeast) {
        var list = new ArrayList<LayerFacts>();
        for (int i = 0; i < Math.max(layers.size(), atLeast); i++) {
            long size = i < layers.size() ? layers.get(i) : 0;
            list.add(new LayerFacts(
                    Digest.sha256(hexadecimal(i)),
                    Optional.of(Digest.sha256(hexadecimal(i))),
                    "application/vnd.oci.image.layer.v1.tar",
                    size,
                    size,
                    ""));
        }
        return new ImageFacts(
                        known ? transport : "sbom",
                        List.of(),
                        List.of(),
                        known ? id : Optional.empty(),
                        digest,
                        known ? Optional.of(platform) : Optional.empty(),
                        known ? Optional.of(configuration()) : Optional.empty(),
                        known,
                        known ? list : List.of(),
                        base)
                .over(connection);
    }

    private static String hexadecimal(int number) {
        return String.format(java.util.Locale.ROOT, "%064x", number + 1);
    }

    private ImageConfiguration configuration() {
        return new ImageConfiguration(
                platform.os(),
                platform.architecture(),
                platform.variant(),
                created,
                "",
                user,
                ports,
                environment,
                entrypoint,
                command,
                workingDirectory,
                volumes,
                labels,
                "",
                List.of(),
                List.of(),
                healthcheck,
                history.stream()
                        .map(step -> new ImageConfiguration.HistoryEntry("", step, "", false))
                        .toList(),
                List.of());
    }
}
