package dev.plimsoll.inventory;

import dev.plimsoll.image.Digest;
import java.util.Optional;
import java.util.OptionalInt;

/// The image that another was built on.
///
/// @param name as its source gives it: `docker.io/library/debian:12`; empty where only its layers are known
/// @param digest of its manifest; empty where it is not known
/// @param layers how many of the image's layers are its; empty where that is not known
/// @param how it was told
public record BaseImage(String name, Optional<Digest> digest, OptionalInt layers, How how) {

    /// What told of the base, the surest first.
    public enum How {
        /// The image's lowest layers are exactly those of an image that the user named as known.
        ANCESTORS,
        /// The image's labels `org.opencontainers.image.base.name` and `.digest`.
        LABELS,
        /// The FROM of the Dockerfile that the user gave.
        DOCKERFILE,
        /// What the builder wrote into the history: buildah names the image that a build began with.
        HISTORY,
        /// Only that the history looks as if another build began there: a hint, which marks nothing.
        GUESS;

        /// As documents have it.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// Where something of an image comes from.
    public enum Origin {
        BASE,
        APP;

        /// As documents have it.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// Where a layer comes from; empty where that is not known.
    ///
    /// @param layer index in {@link ImageFacts#layers()}
    public Optional<Origin> origin(int layer) {
        return layers.isEmpty() || how == How.GUESS
                ? Optional.empty()
                : Optional.of(layer < layers.getAsInt() ? Origin.BASE : Origin.APP);
    }
}
