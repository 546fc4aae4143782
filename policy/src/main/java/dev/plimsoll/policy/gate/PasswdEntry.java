package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.Unknown;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A line of `/etc/passwd` with what is known of it.
///
/// @param line as it stands; where the file was not retrieved, made of what is known of the account
/// @param certain whether the line is known letter by letter
record PasswdEntry(Account account, String line, boolean certain) {

    static final String PATH = "/etc/passwd";

    /// What rules of accounts are judged by.
    ///
    /// @param gaps what is not known of them
    record Entries(List<PasswdEntry> entries, List<Gap> gaps) {}

    /// Empty lists where the image has no such file.
    static Entries of(Subject subject) {
        var accounts = subject.inventory().contents().accounts();
        if (accounts.isEmpty()) {
            return new Entries(
                    List.of(),
                    List.of(UnknownFacts.notCollected(
                            subject, "the accounts of " + PATH + " are not known", "the analyzer account-files")));
        }
        var lines = RetrievedContent.of(subject, PATH) instanceof RetrievedContent.Known known
                ? known.lines()
                : List.<String>of();
        var entries = new ArrayList<PasswdEntry>();
        for (var account : accounts.get().accounts()) {
            entries.add(entry(account, lines));
        }
        return new Entries(
                entries, UnknownFacts.ofPlaces(subject, PATH + " could not be read in full", PasswdEntry::concerns));
    }

    private static boolean concerns(Unknown unknown) {
        return ("/" + unknown.path()).equals(PATH) && !unknown.reason().startsWith("is not retrieved");
    }

    private static PasswdEntry entry(Account account, List<String> lines) {
        Optional<String> line = lines.stream()
                .map(String::strip)
                .filter(text -> isOf(text, account))
                .findFirst();
        return line.map(text -> new PasswdEntry(account, text, true))
                .orElseGet(() -> new PasswdEntry(account, rebuilt(account), isTold(account)));
    }

    /// Two lines may have the same name; their numbers tell them apart.
    private static boolean isOf(String line, Account account) {
        var fields = List.of(line.split(":", -1));
        return fields.size() > 3
                && fields.get(0).equals(account.name())
                && isNumber(fields.get(2), account.userId())
                && isNumber(fields.get(3), account.groupId());
    }

    private static boolean isNumber(String text, long number) {
        try {
            return Long.parseLong(text) == number;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    /// Whether what the account says makes the whole line again: its password field is not kept, but these two.
    private static boolean isTold(Account account) {
        return account.password() == Account.Password.SHADOWED || account.password() == Account.Password.EMPTY;
    }

    private static String rebuilt(Account account) {
        var field = switch (account.password()) {
            case SHADOWED -> "x";
            case EMPTY -> "";
            case LOCKED, SET -> "*";
        };
        return String.join(
                ":",
                account.name(),
                field,
                Long.toString(account.userId()),
                Long.toString(account.groupId()),
                account.comment(),
                account.home(),
                account.shell());
    }
}
