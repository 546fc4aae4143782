package dev.plimsoll.inventory.build;

import dev.plimsoll.image.ImageConfiguration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Which instruction of a Dockerfile made which layer of the image that was built from it.
///
/// The last steps of an image's history are those of the Dockerfile's final stage, so both are held against each other
/// from their ends. Builders write a step for almost every instruction; those that only some write (ARG, a repeated
/// LABEL) may be missing, those that bring layers may not.
///
/// @param steps of the stages that the final image is made of, in their order
/// @param layersBeneath how many layers the image has that none of these instructions made: those of its base
public record BuildSteps(List<Step> steps, int layersBeneath) {

    public BuildSteps {
        steps = List.copyOf(steps);
    }

    /// An instruction and its layer.
    ///
    /// @param layer index of the layer that it made; empty where it made none
    public record Step(Instruction instruction, OptionalInt layer) {}

    /// Empty where the history does not fit the Dockerfile: then nobody can say.
    public static Optional<BuildSteps> of(Dockerfile dockerfile, ImageConfiguration configuration) {
        var history = HistoryStep.of(configuration);
        var instructions = dockerfile.effective().stream()
                .filter(instruction -> !instruction.keyword().equals("FROM"))
                .toList();
        var steps = new ArrayList<Step>();
        var at = history.size() - 1;
        var layers =
                (int) history.stream().filter(step -> step.layer().isPresent()).count();
        var beneath = layers;
        if (layers != configuration.diffIds().size() || dockerfile.stages().isEmpty()) {
            return Optional.empty();
        }
        for (var instruction : instructions.reversed()) {
            if (at >= 0 && history.get(at).keyword().equals(instruction.keyword())) {
                var layer = history.get(at).layer();
                steps.add(new Step(instruction, layer));
                beneath = layer.orElse(beneath);
                at--;
            } else if (makesLayer(instruction)) {
                return Optional.empty();
            } else {
                steps.add(new Step(instruction, OptionalInt.empty()));
            }
        }
        Collections.reverse(steps);
        return Optional.of(new BuildSteps(steps, beneath));
    }

    private static boolean makesLayer(Instruction instruction) {
        return switch (instruction.keyword()) {
            case "RUN", "COPY", "ADD" -> true;
            default -> false;
        };
    }
}
