package dev.plimsoll.policy.gate;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.policy.ImageChange.RemoveInstruction;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Trigger `secret_in_env` of the gate `image_config`.
final class SecretInConfigurationTrigger {

    private static final String DEFAULT_NAMES =
            "(?i).*(passw(or)?d|passphrase|secret|token|credential|api_?key|access_?key|private_?key)";

    private static final Parameter<UserPattern> NAMES = Parameter.of("name_pattern", ValueTypes.PATTERN)
            .describedAs(
                    "Environment variables whose name begins like this must have no value: what it says is taken for"
                            + " a secret, unless it is empty, yes or no, a path, or refers to another variable.")
            .like(".*PASSWORD")
            .orElse(pattern(DEFAULT_NAMES));

    private static final Set<String> NO_SECRETS = Set.of("true", "false", "yes", "no", "on", "off", "0", "1", "none");

    private SecretInConfigurationTrigger() {}

    static Trigger declaration() {
        return Trigger.named("secret_in_env")
                .describedAs(
                        "Fires for each secret in the image's environment, commands, labels and history, and for each"
                                + " environment variable whose name says that it is one.")
                .with(NAMES)
                .needing(_ -> AnalysisRequest.ofSecrets())
                .judgedBy((arguments, subject) -> ImageConfigGate.withConfiguration(
                        subject, configuration -> judge(arguments, subject, configuration)));
    }

    private static UserPattern pattern(String text) {
        return switch (UserPattern.compile(text, false)) {
            case UserPattern.Usable(var usable) -> usable;
            case UserPattern.Refused(var reason) -> throw new IllegalStateException(reason);
        };
    }

    private static Outcome judge(Arguments arguments, Subject subject, ImageConfiguration configuration) {
        var secrets = subject.inventory().contents().secrets();
        var found = secrets.orElse(List.of()).stream()
                .filter(FoundSecrets::isOfConfiguration)
                .toList();
        var firings = new ArrayList<>(FoundSecrets.firings("image_config", "secret_in_env", found));
        var gaps = new ArrayList<Gap>();
        if (secrets.isEmpty()) {
            gaps.add(UnknownFacts.notCollected(subject, "nobody looked for secrets", "--secrets"));
        }
        var entriesFound = found.stream()
                .filter(secret -> secret.path().equals("config:env"))
                .map(Secret::line)
                .collect(Collectors.toSet());
        var budget = new UserPattern.Budget();
        var environment = configuration.environment();
        try {
            for (int i = 0; i < environment.size(); i++) {
                int equals = environment.get(i).indexOf('=');
                if (equals > 0
                        && !entriesFound.contains(i + 1)
                        && mayBeSecret(environment.get(i).substring(equals + 1))
                        && arguments
                                .get(NAMES)
                                .matchesStartOf(environment.get(i).substring(0, equals), budget)) {
                    firings.add(firing(environment.get(i).substring(0, equals)));
                }
            }
        } catch (PatternBoundException e) {
            gaps.add(Gap.of(e));
        }
        return Outcome.of(firings, gaps);
    }

    private static boolean mayBeSecret(String value) {
        return !value.isBlank()
                && !value.startsWith("/")
                && !value.startsWith("$")
                && !NO_SECRETS.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    /// Never says what the value is.
    private static Firing firing(String name) {
        return Firing.ours(
                "secret_in_env",
                "env:" + name,
                "The environment variable " + name + " has a value in the image's configuration, and its name says that"
                        + " it is a secret",
                new Remedy(
                                "Take",
                                name,
                                "environment variables",
                                " out of ENV (give it when a container runs, or to the build as a secret mount)")
                        .by(new RemoveInstruction("ENV", name, 0)));
    }
}
