package dev.plimsoll.policy;

import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Account.Password;
import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.inventory.content.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a run collected of the contents of files, put together piece by piece.
public final class Collected {

    private Optional<List<Secret>> secrets = Optional.empty();
    private Optional<List<ContentMatch>> matches = Optional.empty();
    private Optional<List<ContentSearch>> searches = Optional.empty();
    private Optional<List<RetrievedFile>> retrieved = Optional.empty();
    private Optional<MalwareScan> malware = Optional.empty();
    private Optional<Accounts> accounts = Optional.empty();
    private Optional<List<FileDeviation>> verification = Optional.empty();
    private Optional<List<DeletedFile>> deleted = Optional.empty();

    private Collected() {}

    public static Collected nothing() {
        return new Collected();
    }

    public Collected secrets(Secret... found) {
        secrets = Optional.of(List.of(found));
        return this;
    }

    /// A secret in layer 1, that is index 0, with a digest that begins with the seed.
    public static Secret secret(String rule, String path, int line, String seed) {
        return secret(rule, path, line, seed, false);
    }

    public static Secret secret(String rule, String path, int line, String seed, boolean deleted) {
        return new Secret(
                rule,
                path,
                path.startsWith("config:") ? OptionalInt.empty() : OptionalInt.of(0),
                line,
                "abc\u2026",
                (seed + "0".repeat(64)).substring(0, 64),
                deleted);
    }

    public Collected searched(String name, String expression, ContentMatch... found) {
        searches = Optional.of(append(searches.orElse(List.of()), List.of(new ContentSearch(name, expression))));
        matches = Optional.of(append(matches.orElse(List.of()), List.of(found)));
        return this;
    }

    /// As inventories were before they told which searches were made.
    public Collected matchesAlone(ContentMatch... found) {
        matches = Optional.of(List.of(found));
        return this;
    }

    public Collected retrieved(String path, String text) {
        retrieved = Optional.of(append(
                retrieved.orElse(List.of()),
                List.of(new RetrievedFile(
                        path, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))));
        return this;
    }

    public Collected retrievedNothing() {
        retrieved = Optional.of(List.of());
        return this;
    }

    public Collected malware(MalwareScan scan) {
        malware = Optional.of(scan);
        return this;
    }

    public Collected noAccounts() {
        accounts = Optional.of(new Accounts(List.of(), List.of(), List.of()));
        return this;
    }

    /// @param line of `/etc/passwd`; `!` in its second field is a locked password
    public Collected account(String line) {
        var fields = line.split(":", -1);
        var account = new Account(
                fields[0],
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                fields[4],
                fields[5],
                fields[6],
                switch (fields[1]) {
                    case "x" -> Password.SHADOWED;
                    case "" -> Password.EMPTY;
                    case "!", "*" -> Password.LOCKED;
                    default -> Password.SET;
                });
        accounts = Optional.of(new Accounts(
                append(accounts.map(Accounts::accounts).orElse(List.of()), List.of(account)), List.of(), List.of()));
        return this;
    }

    public Collected verified(FileDeviation... deviations) {
        verification = Optional.of(List.of(deviations));
        return this;
    }

    public Collected deleted(DeletedFile... files) {
        deleted = Optional.of(List.of(files));
        return this;
    }

    public Contents contents() {
        return new Contents(secrets, matches, searches, retrieved, malware, accounts, verification, deleted);
    }

    private static <T> List<T> append(List<T> some, List<T> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
