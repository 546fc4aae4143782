package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Gate `passwd_file`: the accounts of `/etc/passwd`.
final class PasswdFileGate implements Gate {

    private static final Parameter<List<String>> USER_NAMES = Parameter.of("user_names", ValueTypes.LIST)
            .once("usernameblacklist")
            .describedAs("Names of accounts that must not be there.")
            .like("daemon,ftp")
            .mustBeGiven();
    private static final Parameter<List<Integer>> USER_IDS = Parameter.of("user_ids", ValueTypes.NUMBERS)
            .once("useridblacklist")
            .describedAs("Numbers of users that no account may have.")
            .like("0,1")
            .mustBeGiven();
    private static final Parameter<List<Integer>> GROUP_IDS = Parameter.of("group_ids", ValueTypes.NUMBERS)
            .describedAs("Numbers of groups that no account may have as its own.")
            .like("999,20")
            .mustBeGiven();
    private static final Parameter<List<String>> SHELLS = Parameter.of("shells", ValueTypes.LIST)
            .describedAs("Shells that no account may have.")
            .like("/bin/bash,/bin/zsh")
            .mustBeGiven();
    private static final Parameter<String> ENTRY = Parameter.of("entry", ValueTypes.TEXT)
            .describedAs("The whole line that must not be there.")
            .like("ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin")
            .mustBeGiven();

    @Override
    public String name() {
        return "passwd_file";
    }

    @Override
    public String description() {
        return "Accounts of the image's /etc/passwd.";
    }

    @Override
    public List<String> differences() {
        return List.of(
                "Numbers are compared as numbers, so that `00` is `0`; Anchore compares texts.",
                "Empty lines and comments are passed over; Anchore's evaluation breaks off at an empty line. Of several lines"
                        + " of one name each is judged.",
                "What the password field says is not kept. The id of an account is Anchore's where that is `x`, empty or"
                        + " `*`, and else with /etc/passwd retrieved (`--retrieve /etc/passwd`).");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.named("content_not_available")
                        .describedAs("Fires where the image has no /etc/passwd.")
                        .differingIn("Anchore also fires where the file was not retrieved.")
                        .judgedBy((_, subject) -> judgeAvailable(subject)),
                denying(
                        "usernames",
                        "Fires for each account with one of the names.",
                        USER_NAMES,
                        "user",
                        entry -> entry.account().name()),
                denyingNumbers(
                        "userids",
                        "user's number",
                        USER_IDS,
                        "uid",
                        entry -> entry.account().userId()),
                denyingNumbers(
                        "groupids",
                        "group's number",
                        GROUP_IDS,
                        "gid",
                        entry -> entry.account().groupId()),
                denying(
                        "shells",
                        "Fires for each account with one of the shells.",
                        SHELLS,
                        "shell",
                        entry -> entry.account().shell()),
                Trigger.named("denylist_full_entry")
                        .once("blacklist_full_entry")
                        .describedAs("Fires where the line is there.")
                        .with(ENTRY)
                        .needing(_ -> AnalysisRequest.ofRetrieval(PasswdEntry.PATH))
                        .judgedBy(PasswdFileGate::judgeEntry));
    }

    private static Trigger denying(
            String what,
            String description,
            Parameter<List<String>> parameter,
            String word,
            Function<PasswdEntry, String> value) {
        return Trigger.named("denylist_" + what)
                .once("blacklist_" + what)
                .describedAs(description)
                .with(parameter)
                .judgedBy((arguments, subject) -> judge(subject, new TreeSet<>(arguments.get(parameter)), word, value));
    }

    private static Trigger denyingNumbers(
            String what,
            String words,
            Parameter<List<Integer>> parameter,
            String word,
            Function<PasswdEntry, Long> value) {
        return Trigger.named("denylist_" + what)
                .once("blacklist_" + what)
                .describedAs("Fires for each account with one of the numbers as its " + words + ".")
                .with(parameter)
                .judgedBy((arguments, subject) -> judge(
                        subject,
                        new TreeSet<>(arguments.get(parameter).stream()
                                .map(String::valueOf)
                                .toList()),
                        word,
                        entry -> String.valueOf(value.apply(entry))));
    }

    private static Outcome judge(
            Subject subject, Set<String> denied, String word, Function<PasswdEntry, String> valueOf) {
        var known = PasswdEntry.of(subject);
        var firings = new ArrayList<Firing>();
        for (var entry : known.entries()) {
            var value = valueOf.apply(entry);
            if (denied.contains(value)) {
                firings.add(firing(subject, entry, word, value));
            }
        }
        return Outcome.of(firings, known.gaps());
    }

    private static Firing firing(Subject subject, PasswdEntry entry, String word, String value) {
        var name = entry.account().name();
        var path = PasswdEntry.PATH;
        return Firing.of(
                        word.equals("user") ? name : value + ":" + name,
                        switch (word) {
                            case "user" -> "The account " + name + " of " + path + " is denied";
                            case "shell" -> "The account " + name + " of " + path + " has the denied shell " + value;
                            default -> "The account " + name + " of " + path + " has the denied " + word + " " + value;
                        },
                        "Blacklisted " + word + " '" + value + "' found in image's /etc/passwd: pentry=" + entry.line(),
                        switch (word) {
                            case "shell" -> new Remedy("Give", "the account " + name, "accounts", " another shell");
                            case "gid" -> new Remedy("Give", "the account " + name, "accounts", " another group");
                            default -> new Remedy("Remove", "the account " + name, "accounts", " from " + path);
                        })
                .at(FilePaths.place(subject.inventory().files(), path.substring(1)));
    }

    private static Outcome judgeAvailable(Subject subject) {
        var accounts = subject.inventory().contents().accounts();
        var files = subject.inventory().files();
        boolean there = files.flatMap(table -> FilePaths.resolve(table, PasswdEntry.PATH))
                .filter(entry -> entry.kind() == FileEntry.Kind.FILE)
                .isPresent();
        if (there || accounts.filter(found -> !found.accounts().isEmpty()).isPresent()) {
            return Outcome.quiet();
        }
        return files.isEmpty()
                ? Outcome.of(List.of(), List.of(noFiles()))
                : Outcome.of(List.of(Firing.of(
                        PasswdEntry.PATH,
                        "The image has no " + PasswdEntry.PATH,
                        "Cannot locate /etc/passwd in image stored files archive: check analyzer settings.",
                        Remedy.of("Add the file " + PasswdEntry.PATH))));
    }

    private static Gap noFiles() {
        return Gap.unknown("the inventory does not hold the image's files");
    }

    private static Outcome judgeEntry(Arguments arguments, Subject subject) {
        var wanted = arguments.get(ENTRY).strip();
        var known = PasswdEntry.of(subject);
        var firings = new ArrayList<Firing>();
        var gaps = new ArrayList<>(known.gaps());
        for (var entry : known.entries()) {
            if (entry.certain() && entry.line().equals(wanted)) {
                firings.add(firing(subject, entry, wanted));
            } else if (!entry.certain() && isButForThePassword(entry.line(), wanted)) {
                gaps.add(Gap.unknown("what the account " + entry.account().name()
                        + " has in its password field is not known: the image was looked into without --retrieve "
                        + PasswdEntry.PATH));
            }
        }
        return Outcome.of(firings, gaps);
    }

    private static boolean isButForThePassword(String line, String wanted) {
        return withoutPassword(line).equals(withoutPassword(wanted));
    }

    private static Optional<String> withoutPassword(String line) {
        int first = line.indexOf(':');
        int second = line.indexOf(':', first + 1);
        return first < 0 || second < 0
                ? Optional.empty()
                : Optional.of(line.substring(0, first) + line.substring(second));
    }

    private static Firing firing(Subject subject, PasswdEntry entry, String line) {
        var name = entry.account().name();
        return Firing.of(
                        name,
                        "The line of the account " + name + " in " + PasswdEntry.PATH + " is denied",
                        "Blacklisted pentry '" + line + "' found in image's /etc/passwd: pentry=" + line,
                        new Remedy("Change or remove", "the account " + name, "accounts", " in " + PasswdEntry.PATH))
                .at(FilePaths.place(subject.inventory().files(), PasswdEntry.PATH.substring(1)));
    }
}
