package dev.plimsoll.inventory.serial;

import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.json.JsonWriter;
import java.util.Locale;

/// Writes what was collected of the contents of files; what was not is absent.
final class ContentsWriter {

    private ContentsWriter() {}

    static void write(JsonWriter json, Contents contents) {
        contents.secrets()
                .ifPresent(secrets -> json.array(
                        "secrets",
                        () -> secrets.forEach(secret -> json.object(() -> {
                            json.member("rule", secret.rule()).member("path", secret.path());
                            secret.layer().ifPresent(layer -> json.member("layer", layer));
                            json.member("line", secret.line())
                                    .member("redacted", secret.redacted())
                                    .member("digest", secret.digest())
                                    .member("deleted", secret.deleted());
                        }))));
        contents.matches()
                .ifPresent(matches -> json.array(
                        "matches",
                        () -> matches.forEach(match -> json.object(() -> {
                            json.member("search", match.search())
                                    .member("path", match.path())
                                    .member("layer", match.layer());
                            json.array("lines", () -> match.lines().forEach(json::element));
                        }))));
        contents.searches()
                .ifPresent(searches -> json.array(
                        "searches",
                        () -> searches.forEach(search -> json.object(
                                () -> json.member("name", search.name()).member("expression", search.expression())))));
        contents.deleted()
                .ifPresent(files -> json.array(
                        "deleted",
                        () -> files.forEach(file -> json.object(() -> json.member("path", file.path())
                                .member("layer", file.layer())
                                .member("size", file.size())))));
        contents.retrieved()
                .ifPresent(files -> json.array(
                        "retrieved",
                        () -> files.forEach(file -> json.object(
                                () -> json.member("path", file.path()).member("content", file.content())))));
        contents.malware().ifPresent(scan -> json.object("malware", () -> malware(json, scan)));
        contents.accounts().ifPresent(accounts -> json.object("accounts", () -> accounts(json, accounts)));
    }

    private static void malware(JsonWriter json, MalwareScan scan) {
        json.member("outcome", word(scan.outcome()))
                .member("engine", scan.engine())
                .member("signatures", scan.signatures());
        json.array(
                "findings",
                () -> scan.findings()
                        .forEach(finding -> json.object(() -> json.member("path", finding.path())
                                .member("layer", finding.layer())
                                .member("signature", finding.signature())
                                .member("deleted", finding.deleted()))));
        json.array(
                "notScanned",
                () -> scan.notScanned()
                        .forEach(file -> json.object(() -> json.member("path", file.path())
                                .member("layer", file.layer())
                                .member("reason", file.reason()))));
    }

    private static void accounts(JsonWriter json, Accounts accounts) {
        json.array(
                "users",
                () -> accounts.accounts()
                        .forEach(account -> json.object(() -> json.member("name", account.name())
                                .member("userId", account.userId())
                                .member("groupId", account.groupId())
                                .member("comment", account.comment())
                                .member("home", account.home())
                                .member("shell", account.shell())
                                .member("password", word(account.password())))));
        json.array(
                "groups",
                () -> accounts.groups()
                        .forEach(group -> json.object(() -> json.member("name", group.name())
                                .member("groupId", group.groupId())
                                .strings("members", group.members()))));
        json.array(
                "passwords",
                () -> accounts.passwords()
                        .forEach(entry -> json.object(
                                () -> json.member("name", entry.name()).member("password", word(entry.password())))));
    }

    /// `NOT_REACHABLE` as `not-reachable`.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
