package dev.plimsoll.policy.gate;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.policy.ImageChange.AddInstruction;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.ListMode;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Trigger `user` of the gate `image_config`.
final class ConfiguredUserTrigger {

    private static final Parameter<List<String>> USERS = Parameter.of("users", ValueTypes.LIST)
            .describedAs("Users by name or number. `root` and `0` are the same; a group (`root:root`) may be left out.")
            .like("root")
            .orElse(List.of("root"));
    private static final Parameter<ListMode> TYPE = Parameter.of("type", ValueTypes.oneOf(ListMode.class))
            .describedAs("Whether only these users are allowed, or these are denied.")
            .like("denylist")
            .orElse(ListMode.DENYLIST);

    /// A number that no distribution gives away, for the trial of the remedy.
    private static final String SOMEBODY = "65532";

    private ConfiguredUserTrigger() {}

    static Trigger declaration() {
        return Trigger.named("user")
                .describedAs(
                        "Fires where the user that containers run as by the image's configuration is denied, or is not"
                                + " among those allowed; where it names none that is root. An account of /etc/passwd goes by its"
                                + " name and by its number.")
                .with(USERS, TYPE)
                .judgedBy((arguments, subject) -> ImageConfigGate.withConfiguration(
                        subject, configuration -> judge(arguments, subject, configuration)));
    }

    private static Outcome judge(Arguments arguments, Subject subject, ImageConfiguration configuration) {
        var configured = configuration.user().strip();
        var user = configured.isEmpty() ? "root" : configured;
        var spellings = spellings(subject, user);
        var users = arguments.get(USERS);
        boolean listed = users.stream()
                .anyMatch(entry -> spellings.stream().anyMatch(name -> DockerfileGate.isSame(entry, name)));
        var who = user
                + (configured.isEmpty() ? " (the image names no user)" : "")
                + (spellings.contains("0") && !user.equals("root") && !user.equals("0")
                        ? " (who has the number 0)"
                        : "");
        return switch (arguments.get(TYPE)) {
            case ALLOWLIST ->
                listed
                        ? Outcome.quiet()
                        : ImageConfigGate.fired(
                                "user",
                                user,
                                "Containers run as " + who + ", who is not among the users allowed",
                                Remedy.of("Set USER to "
                                                + (users.size() == 1
                                                        ? users.getFirst()
                                                        : "one of " + String.join(", ", users)))
                                        .by(new AddInstruction("USER", users.getFirst())));
            case DENYLIST ->
                listed
                        ? ImageConfigGate.fired(
                                "user", user, "Containers run as " + who + ", who is denied", anotherThan(users))
                        : Outcome.quiet();
        };
    }

    private static Remedy anotherThan(List<String> users) {
        var remedy = Remedy.of("Set USER to another than " + String.join(", ", users));
        return users.contains(SOMEBODY) ? remedy : remedy.by(new AddInstruction("USER", SOMEBODY));
    }

    /// The user as the configuration has it; and the number of an account of that name, or the names of that number.
    private static Set<String> spellings(Subject subject, String user) {
        var name = user.contains(":") ? user.substring(0, user.indexOf(':')) : user;
        var spellings = new TreeSet<String>();
        spellings.add(user);
        var accounts = subject.inventory()
                .contents()
                .accounts()
                .map(Accounts::accounts)
                .orElse(List.of());
        for (Account account : accounts) {
            if (account.name().equals(name) || Long.toString(account.userId()).equals(name)) {
                spellings.add(account.name());
                spellings.add(Long.toString(account.userId()));
            }
        }
        return spellings;
    }
}
