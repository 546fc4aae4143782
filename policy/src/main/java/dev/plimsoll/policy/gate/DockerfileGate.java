package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.build.Dockerfile;
import dev.plimsoll.inventory.build.DockerfileReader;
import dev.plimsoll.inventory.build.InferredDockerfile;
import dev.plimsoll.policy.ImageChange.AddInstruction;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.ListMode;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Gate `dockerfile`: the Dockerfile that the user gave, else what image configuration and history tell of it.
final class DockerfileGate implements Gate {

    static final Parameter<Boolean> ACTUAL_ONLY = Parameter.of("actual_dockerfile_only", ValueTypes.BOOLEAN)
            .describedAs("Whether it stays quiet where no Dockerfile was given.")
            .like("true")
            .orElse(false);

    /// A user id that no bundle names, to try a rule with.
    private static final String SOMEBODY = "59999";

    private static final Parameter<List<String>> USERS = Parameter.of("users", ValueTypes.LIST)
            .describedAs("Users by name or number. `root` and `0` are the same; a group (`root:root`) may be left out.")
            .like("root,docker")
            .mustBeGiven();
    private static final Parameter<ListMode> USERS_TYPE = Parameter.of("type", ValueTypes.oneOf(ListMode.class))
            .describedAs("Whether only these users are allowed, or these are denied.")
            .like("denylist")
            .mustBeGiven();
    private static final Set<String> ROOT = Set.of("root", "0");
    /// Anchore takes the user from between brackets, as in a list of JSON.
    private static final Pattern BRACKETS = Pattern.compile("\\[?([^\\]]+)\\]?.*");

    @Override
    public String name() {
        return "dockerfile";
    }

    @Override
    public String description() {
        return "The Dockerfile that was given (--dockerfile); else what the image's configuration and history tell of it.";
    }

    @Override
    public List<String> differences() {
        return List.of(
                "Without a Dockerfile, USER, EXPOSE, ENV, LABEL, HEALTHCHECK and the like come from the image's configuration,"
                        + " and RUN, COPY, ADD and ARG from its history; Anchore takes all from the history.",
                "No `FROM scratch` is invented: nothing in an image names its base, so checks of FROM cannot be judged without"
                        + " the Dockerfile.",
                "Of a multi-stage Dockerfile, user and ports are those of the last stage and of the stages that it is built on;"
                        + " `instruction` sees every stage.",
                "Instructions may be in lower case, the escape directive holds, and contents of here-documents are no"
                        + " instructions.");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                InstructionTrigger.declaration(),
                Trigger.named("effective_user")
                        .describedAs(
                                "Fires where the user that containers run as is denied, or is not among those allowed.")
                        .with(USERS, USERS_TYPE)
                        .differingIn(
                                "A user with a group, `root:root`, is the user; `0` is `root`.",
                                "Where the Dockerfile names no user, or a variable, the image's configuration does; Anchore"
                                        + " takes root.")
                        .judgedBy((arguments, subject) ->
                                withDockerfile(subject, dockerfile -> judgeUser(arguments, subject, dockerfile))),
                ExposedPortsTrigger.declaration(),
                Trigger.named("no_dockerfile_provided")
                        .describedAs("Fires where no Dockerfile was given.")
                        .judgedBy(
                                (_, subject) -> subject.inventory().dockerfile().isPresent()
                                        ? Outcome.quiet()
                                        : Outcome.of(List.of(Firing.of(
                                                "no_dockerfile",
                                                "No Dockerfile was given",
                                                "Image was not analyzed with an actual Dockerfile",
                                                Remedy.of("Give the image's Dockerfile (--dockerfile)"))))));
    }

    /// Reads the Dockerfile that there is and judges by it.
    static Outcome withDockerfile(Subject subject, Function<Dockerfile, Outcome> judge) {
        var text = subject.inventory().dockerfile();
        if (text.isEmpty()) {
            return subject.inventory()
                    .image()
                    .configuration()
                    .map(configuration -> judge.apply(InferredDockerfile.of(configuration)))
                    .orElseGet(() -> Outcome.cannotJudge(UnknownFacts.ofConfiguration(subject.inventory())));
        }
        return switch (DockerfileReader.read(text.get())) {
            case DockerfileReader.Understood(var dockerfile) -> judge.apply(dockerfile);
            case DockerfileReader.Refused(var reason) -> Outcome.cannotJudge(reason);
        };
    }

    /// Whether the rule asks for a Dockerfile that was not given.
    static boolean passesOver(Arguments arguments, Subject subject) {
        return arguments.get(ACTUAL_ONLY) && subject.inventory().dockerfile().isEmpty();
    }

    private static Outcome judgeUser(Arguments arguments, Subject subject, Dockerfile dockerfile) {
        var effective = effectiveUser(subject, dockerfile);
        if (effective.isEmpty()) {
            return Outcome.cannotJudge(
                    "the Dockerfile names no user, and " + UnknownFacts.ofConfiguration(subject.inventory()));
        }
        var user = effective.get();
        boolean listed = arguments.get(USERS).stream().anyMatch(entry -> isSame(entry, user));
        return switch (arguments.get(USERS_TYPE)) {
            case ALLOWLIST ->
                listed
                        ? Outcome.quiet()
                        : fired(
                                user,
                                "Containers run as " + user + ", who is not among the users allowed",
                                "User " + user + " found as effective user, which is not on the allowed list",
                                "Set USER to " + oneOf(arguments.get(USERS)),
                                arguments.get(USERS).getFirst());
            case DENYLIST ->
                listed
                        ? fired(
                                user,
                                "Containers run as " + user + ", who is denied",
                                // The misspelling is Anchore's, and ids are made of it.
                                "User " + user + " found as effective user, which is explicity not allowed",
                                "Set USER to another than " + user,
                                SOMEBODY)
                        : Outcome.quiet();
        };
    }

    /// @param allowed a user that the rule would not fire for
    private static Outcome fired(String user, String message, String frozen, String remedy, String allowed) {
        return Outcome.of(
                List.of(Firing.of(user, message, frozen, Remedy.of(remedy).by(new AddInstruction("USER", allowed)))));
    }

    private static String oneOf(List<String> users) {
        return users.size() == 1 ? users.getFirst() : "one of " + String.join(", ", users);
    }

    /// Empty where neither Dockerfile nor configuration tells.
    private static Optional<String> effectiveUser(Subject subject, Dockerfile dockerfile) {
        var lines = dockerfile.effective("USER");
        if (!lines.isEmpty()) {
            var matcher = BRACKETS.matcher(lines.getLast().arguments().strip());
            var user = matcher.matches() ? matcher.group(1).strip() : "";
            if (!user.isEmpty() && user.indexOf('$') < 0) {
                return Optional.of(unquoted(user));
            }
        }
        return subject.inventory()
                .image()
                .configuration()
                .map(configuration -> configuration.user().strip())
                .map(configured -> configured.isEmpty() ? "root" : configured);
    }

    private static String unquoted(String user) {
        boolean quoted = user.length() > 2
                && (user.charAt(0) == '"' || user.charAt(0) == '\'')
                && user.charAt(user.length() - 1) == user.charAt(0);
        return quoted ? user.substring(1, user.length() - 1) : user;
    }

    private static boolean isSame(String entry, String user) {
        var name = user.contains(":") && !entry.contains(":") ? user.substring(0, user.indexOf(':')) : user;
        return entry.equals(name) || (ROOT.contains(entry) && ROOT.contains(name));
    }
}
