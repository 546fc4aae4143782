package dev.plimsoll.policy.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The instructions of a Dockerfile.
///
/// @param actual whether it is the text that a user gave; else it was told from an image
/// @param instructions in their order
public record Dockerfile(boolean actual, List<Instruction> instructions) {

    public Dockerfile {
        instructions = List.copyOf(instructions);
    }

    /// All instructions of that keyword, of every stage.
    public List<Instruction> all(String keyword) {
        return instructions.stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .toList();
    }

    /// The instructions of that keyword that shape the final image: those of the last stage, and of the stages that it
    /// is built
    /// on.
    public List<Instruction> effective(String keyword) {
        var beneath = stagesBeneath();
        Set<Integer> chain = new HashSet<>();
        for (int stage = beneath.size() - 1; stage >= 0; stage = beneath.get(stage)) {
            chain.add(stage);
        }
        return all(keyword).stream()
                .filter(instruction -> chain.isEmpty() || chain.contains(instruction.stage()))
                .toList();
    }

    /// For each stage the earlier one that its FROM names, -1 where it names an image. Names of stages ignore case.
    private List<Integer> stagesBeneath() {
        var beneath = new ArrayList<Integer>();
        Map<String, Integer> named = new HashMap<>();
        for (var from : all("FROM")) {
            var words = List.of(from.arguments().toLowerCase(Locale.ROOT).split("\\s+", -1)).stream()
                    .filter(word -> !word.startsWith("--"))
                    .toList();
            beneath.add(words.isEmpty() ? -1 : named.getOrDefault(words.getFirst(), -1));
            int as = words.indexOf("as");
            if (as >= 0 && as + 1 < words.size()) {
                named.put(words.get(as + 1), beneath.size() - 1);
            }
        }
        return beneath;
    }
}
