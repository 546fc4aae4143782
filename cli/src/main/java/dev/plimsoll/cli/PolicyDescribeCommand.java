package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.gate.PolicyDescription;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Trigger;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Says what rules can ask.
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Say what rules can ask: all gates, a gate's triggers, or a trigger's parameters.",
        footer = {
            "",
            "Examples:",
            "  plimsoll policy describe",
            "  plimsoll policy describe vulnerabilities",
            "  plimsoll policy describe vulnerabilities package"
        })
final class PolicyDescribeCommand implements Callable<Integer> {

    /// Characters of a line where nobody says how wide the terminal is, and at most: long lines are hard to read.
    private static final int USUAL_WIDTH = 80;

    private static final int MOST_WIDTH = 100;

    private final Environment environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "GATE", description = "A gate.")
    private @Nullable String gate;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TRIGGER", description = "A trigger of the gate.")
    private @Nullable String trigger;

    PolicyDescribeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var width = environment.outIsTerminal() ? Math.clamp(environment.width(), 40, MOST_WIDTH) : USUAL_WIDTH;
        environment.out().print(text(width));
        environment.out().flush();
        return ExitCode.PASS.code();
    }

    private String text(int width) {
        if (gate == null) {
            return PolicyDescription.gates(width);
        }
        var found = gate(gate);
        return trigger == null
                ? PolicyDescription.gate(found, width)
                : PolicyDescription.trigger(found, trigger(found, trigger), width);
    }

    private static Gate gate(String name) {
        if (Gates.find(name) instanceof Gates.Found(var found)) {
            return found;
        }
        var names = Gates.all().stream().map(Gate::name).toList();
        throw CommandException.usage("there is no gate '" + name + "'; gates are " + String.join(", ", names)
                + NearNames.question(name, names));
    }

    private static Trigger trigger(Gate gate, String name) {
        var names = gate.triggers().stream().map(Trigger::name).toList();
        return gate.triggers().stream()
                .filter(declared -> declared.name().equalsIgnoreCase(name)
                        || declared.olderName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("the gate '" + gate.name() + "' has no trigger '" + name
                        + "'; triggers are " + String.join(", ", names) + NearNames.question(name, names)));
    }
}
