package dev.plimsoll.cli;

import dev.plimsoll.policy.background.Background;
import picocli.CommandLine.Mixin;

/// What rules are told beside the image and the advisories. Each option is a file; without it, what it would tell is
/// unknown to a rule that asks.
final class BackgroundArguments {

    @Mixin
    private final PreviousArguments previous = new PreviousArguments();

    /// Reads all that was given.
    ///
    /// @param image of which known images are told
    Background read(Environment environment, ImageArguments image) {
        var background = Background.none();
        var known = image.knownImages(environment);
        if (known.isPresent()) {
            background =
                    background.withKnownImages(known.get().value(), known.get().file());
        }
        var result = previous.read(environment);
        if (result.isPresent()) {
            background =
                    background.withPrevious(result.get().value(), result.get().file());
        }
        return background;
    }
}
