package dev.plimsoll.inventory.build;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The instructions of a Dockerfile.
///
/// @param actual whether it is the text that a user gave; else it was told from an image
/// @param instructions in their order
/// @param directives of the parser, by their names in lower case: `syntax`, `escape`, `check`
public record Dockerfile(boolean actual, List<Instruction> instructions, Map<String, String> directives) {

    public Dockerfile {
        instructions = List.copyOf(instructions);
        directives = Map.copyOf(directives);
    }

    /// All instructions of that keyword, of every stage.
    public List<Instruction> all(String keyword) {
        return instructions.stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .toList();
    }

    /// The instructions of that keyword that shape the final image: those of the last stage, and of the stages that it
    /// is built on.
    public List<Instruction> effective(String keyword) {
        return effective().stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .toList();
    }

    /// The instructions that shape the final image, in their order; all where there is no stage.
    public List<Instruction> effective() {
        Set<Integer> chain = new HashSet<>();
        finalStages().forEach(stage -> chain.add(stage.index()));
        return instructions.stream()
                .filter(instruction -> chain.isEmpty() || chain.contains(instruction.stage()))
                .toList();
    }

    /// Its stages, in their order.
    public List<BuildStage> stages() {
        return BuildStage.of(this);
    }

    /// The stages that the final image is made of, from the one that begins with another image to the last.
    public List<BuildStage> finalStages() {
        var stages = stages();
        var chain = new java.util.ArrayDeque<BuildStage>();
        for (var at = stages.size() - 1;
                at >= 0;
                at = stages.get(at).baseStage().orElse(-1)) {
            chain.addFirst(stages.get(at));
        }
        return List.copyOf(chain);
    }
}
