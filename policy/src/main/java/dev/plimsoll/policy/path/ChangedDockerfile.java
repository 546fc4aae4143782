package dev.plimsoll.policy.path;

import dev.plimsoll.inventory.build.DockerfileReader;
import dev.plimsoll.inventory.build.Instruction;
import dev.plimsoll.policy.ImageChange;
import dev.plimsoll.policy.ImageChange.AddInstruction;
import dev.plimsoll.policy.ImageChange.ClosePort;
import dev.plimsoll.policy.ImageChange.RemoveInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Changes the text of a Dockerfile.
final class ChangedDockerfile {

    private final List<String> lines;
    private final List<Instruction> instructions;
    private final List<String> added = new ArrayList<>();

    private ChangedDockerfile(String text, List<Instruction> instructions) {
        this.lines = new ArrayList<>(text.lines().toList());
        this.instructions = instructions;
    }

    /// The text after the changes; the same where it cannot be read.
    static String of(String text, List<ImageChange> changes) {
        return switch (DockerfileReader.read(text)) {
            case DockerfileReader.Refused _ -> text;
            case DockerfileReader.Understood(var dockerfile) ->
                new ChangedDockerfile(text, dockerfile.instructions()).after(changes);
        };
    }

    private String after(List<ImageChange> changes) {
        for (var change : changes) {
            switch (change) {
                case AddInstruction(var keyword, var arguments) -> added.add(keyword + " " + arguments);
                case RemoveInstruction(var keyword, var arguments, var line) -> remove(keyword, arguments, line);
                case ClosePort(var port) -> close(port);
                case ImageChange.UpgradePackage _,
                        ImageChange.RemovePackage _,
                        ImageChange.RemoveFile _,
                        ImageChange.ClearModeBits _ -> {}
            }
        }
        lines.addAll(added);
        return String.join("\n", lines) + "\n";
    }

    private void remove(String keyword, String arguments, int line) {
        instructions.stream()
                .filter(each -> each.keyword().equals(keyword)
                        && (line > 0
                                ? each.line() == line
                                : each.arguments().strip().equals(arguments)))
                .forEach(each -> blank(each, ""));
    }

    private void close(String port) {
        for (var each : instructions) {
            if (!each.keyword().equals("EXPOSE")) {
                continue;
            }
            var left = List.of(each.arguments().strip().split("\\s+", -1)).stream()
                    .filter(token -> !isSame(token, port))
                    .toList();
            if (left.size() < each.arguments().strip().split("\\s+", -1).length) {
                blank(each, left.isEmpty() ? "" : "EXPOSE " + String.join(" ", left));
            }
        }
    }

    /// `22` and `22/tcp` are one port.
    static boolean isSame(String token, String port) {
        return normal(token).equals(normal(port));
    }

    private static String normal(String port) {
        var text = port.toLowerCase(Locale.ROOT);
        return text.indexOf('/') < 0 ? text + "/tcp" : text;
    }

    private void blank(Instruction instruction, String inItsPlace) {
        for (int line = instruction.line(); line <= instruction.lastLine() && line <= lines.size(); line++) {
            lines.set(line - 1, line == instruction.line() ? inItsPlace : "");
        }
    }
}
