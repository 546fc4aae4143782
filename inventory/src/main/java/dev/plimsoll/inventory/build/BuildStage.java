package dev.plimsoll.inventory.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// A stage of a Dockerfile: what a FROM begins.
///
/// Source: Docker documentation, "Dockerfile reference", "FROM", "Understand how ARG and FROM interact"; "Multi-stage
/// builds".
///
/// @param index from 0
/// @param name in lower case; empty where it has none
/// @param base the image or the stage that it begins with, variables replaced by the defaults of the ARGs above the
///     first FROM; a variable without one stands as it is, and its name is not known then
/// @param baseStage the earlier stage that `base` names
/// @param platform as `--platform` says, variables replaced likewise; empty where it does not
/// @param user what its last USER names; empty where it names none
/// @param exposedPorts of its EXPOSE instructions, as they stand, in their order
/// @param copiesFrom what its `--from` flags name: stages and images, in their order
public record BuildStage(
        int index,
        String name,
        String base,
        OptionalInt baseStage,
        String platform,
        String user,
        List<String> exposedPorts,
        List<String> copiesFrom) {

    public BuildStage {
        exposedPorts = List.copyOf(exposedPorts);
        copiesFrom = List.copyOf(copiesFrom);
    }

    /// Whether the name of its base is known.
    public boolean baseKnown() {
        return !base.isEmpty() && base.indexOf('$') < 0;
    }

    static List<BuildStage> of(Dockerfile dockerfile) {
        Map<Integer, List<Instruction>> byStage = new TreeMap<>();
        for (var instruction : dockerfile.instructions()) {
            byStage.computeIfAbsent(instruction.stage(), _ -> new ArrayList<>()).add(instruction);
        }
        var defaults = new HashMap<String, String>();
        byStage.getOrDefault(-1, List.of()).stream()
                .filter(instruction -> instruction.keyword().equals("ARG"))
                .forEach(instruction -> Variables.define(instruction.operands(), defaults));
        var stages = new ArrayList<BuildStage>();
        Map<String, Integer> named = new HashMap<>();
        byStage.forEach((index, instructions) -> {
            if (index >= 0) {
                var stage = of(index, instructions, defaults, named);
                if (!stage.name().isEmpty()) {
                    named.put(stage.name(), index);
                }
                stages.add(stage);
            }
        });
        return stages;
    }

    private static BuildStage of(
            int index, List<Instruction> instructions, Map<String, String> defaults, Map<String, Integer> named) {
        var from = instructions.getFirst();
        var words = words(from.operands());
        var base = words.isEmpty() ? "" : Variables.replaced(words.getFirst(), defaults);
        var name = words.size() > 2 && words.get(1).equalsIgnoreCase("as")
                ? words.get(2).toLowerCase(Locale.ROOT)
                : "";
        var beneath = named.get(base.toLowerCase(Locale.ROOT));
        var user = "";
        var ports = new ArrayList<String>();
        var sources = new ArrayList<String>();
        for (var instruction : instructions) {
            if (instruction.keyword().equals("USER")) {
                user = instruction.operands();
            } else if (instruction.keyword().equals("EXPOSE")) {
                ports.addAll(words(instruction.operands()));
            } else if (instruction.keyword().equals("COPY")
                    || instruction.keyword().equals("ADD")) {
                instruction.flag("from").ifPresent(sources::add);
            }
        }
        return new BuildStage(
                index,
                name,
                base,
                beneath == null ? OptionalInt.empty() : OptionalInt.of(beneath),
                Variables.replaced(from.flag("platform").orElse(""), defaults),
                user,
                ports,
                sources);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
    }
}
