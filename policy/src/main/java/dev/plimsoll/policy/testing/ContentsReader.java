package dev.plimsoll.policy.testing;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.content.Account;
import dev.plimsoll.inventory.content.Accounts;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.policy.rule.FrozenId;
import dev.plimsoll.policy.rule.ValueTypes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads what small facts say of files and their contents.
final class ContentsReader {

    /// Far above what builders make; engines stop at 127.
    static final int MAX_LAYERS = 1000;

    static final Set<String> MEMBERS =
            Set.of("files", "secrets", "matches", "malware", "accounts", "verification", "deleted");
    static final Set<String> FILE_MEMBERS = Set.of(
            "path", "type", "mode", "owner", "group", "size", "layer", "sha256", "target", "content", "capabilities");
    static final Set<String> SECRET_MEMBERS = Set.of("rule", "path", "layer", "line", "deleted");
    static final Set<String> MATCH_MEMBERS = Set.of("search", "path", "layer", "lines");
    static final Set<String> MALWARE_MEMBERS = Set.of("engine", "signatures", "findings", "not_scanned", "reachable");
    static final Set<String> MALWARE_FINDING_MEMBERS = Set.of("path", "signature", "layer", "deleted");
    static final Set<String> NOT_SCANNED_MEMBERS = Set.of("path", "reason", "layer");
    static final Set<String> ACCOUNT_MEMBERS =
            Set.of("name", "user_id", "group_id", "comment", "home", "shell", "password");
    static final Set<String> DEVIATION_MEMBERS = Set.of("path", "package", "kind", "configuration");
    static final Set<String> DELETED_MEMBERS = Set.of("path", "layer", "size");

    private ContentsReader() {}

    static ContentsPart read(Place place) {
        var files = new ArrayList<FileEntry>();
        var retrieved = new ArrayList<RetrievedFile>();
        for (var file : place.objects("files")) {
            file(file).ifPresent(entry -> {
                files.add(entry);
                file.optional("content")
                        .ifPresent(text -> retrieved.add(new RetrievedFile(
                                entry.path(),
                                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))));
            });
        }
        return new ContentsPart(
                files,
                place.objects("secrets").stream()
                        .flatMap(secret -> secret(secret).stream())
                        .toList(),
                place.objects("matches").stream()
                        .flatMap(match -> match(match).stream())
                        .toList(),
                retrieved,
                malware(place),
                new Accounts(
                        place.objects("accounts").stream()
                                .flatMap(account -> account(account).stream())
                                .toList(),
                        List.of(),
                        List.of()),
                place.objects("verification").stream()
                        .flatMap(deviation -> deviation(deviation).stream())
                        .toList(),
                place.objects("deleted").stream()
                        .flatMap(file -> deleted(file).stream())
                        .toList());
    }

    private static Optional<FileEntry> file(Place place) {
        place.knowsOnly(FILE_MEMBERS);
        var path = path(place);
        var kind = place.optional("type")
                .flatMap(word -> word(place, "type", word, FileEntry.Kind.values()))
                .orElse(FileEntry.Kind.FILE);
        var mode = place.textOrNumber("mode").flatMap(text -> mode(place, text)).orElse(0644);
        var sha256 = place.optional("sha256");
        if (sha256.isPresent() && !sha256.get().matches("[0-9a-f]{64}")) {
            place.error("sha256", "must be 64 hexadecimal digits in lower case");
        }
        var layer = SmallFactsReader.layer(place);
        var owner = place.wholeNumber("owner").orElse(0);
        var group = place.wholeNumber("group").orElse(0);
        var size = size(place);
        var target = place.optional("target").orElse("");
        var capabilities = place.optional("capabilities");
        return path.map(
                found -> new FileEntry(found, kind, mode, owner, group, size, layer, target, sha256, capabilities));
    }

    private static Optional<Integer> mode(Place place, String text) {
        return switch (ValueTypes.MODE.parse(text, false)) {
            case dev.plimsoll.policy.rule.ValueType.Value<Integer>(var mode) -> Optional.of(mode);
            case dev.plimsoll.policy.rule.ValueType.Rejected<Integer>(var reason) -> {
                place.error("mode", reason);
                yield Optional.empty();
            }
        };
    }

    private static long size(Place place) {
        var text = place.textOrNumber("size");
        var size = text.flatMap(ValueTypes::size);
        if (text.isPresent() && size.isEmpty()) {
            place.error("size", "no size; one looks like 200mb");
        }
        return size.orElse(1L);
    }

    private static Optional<String> path(Place place) {
        return place.required("path").map(SmallFactsReader::withoutSlash);
    }

    /// One secret is told from another by rule and place.
    private static Optional<Secret> secret(Place place) {
        place.knowsOnly(SECRET_MEMBERS);
        var rule = place.required("rule");
        var path = path(place);
        int line = place.wholeNumber("line").orElse(0);
        boolean deleted = place.flag("deleted").orElse(false);
        int layer = SmallFactsReader.layer(place);
        if (rule.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        var digest = FrozenId.md5(rule.get() + path.get());
        return Optional.of(new Secret(
                rule.get(),
                path.get(),
                path.get().startsWith("config:") ? OptionalInt.empty() : OptionalInt.of(layer),
                line,
                "",
                digest + digest,
                deleted));
    }

    private static Optional<ContentMatch> match(Place place) {
        place.knowsOnly(MATCH_MEMBERS);
        var search = place.required("search");
        var path = path(place);
        var lines = place.texts("lines").stream()
                .flatMap(text -> ValueTypes.integer(text).stream())
                .toList();
        int layer = SmallFactsReader.layer(place);
        return search.isEmpty() || path.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContentMatch(search.get(), path.get(), layer, lines.isEmpty() ? List.of(1) : lines));
    }

    private static MalwareScan malware(Place place) {
        var none = new MalwareScan(MalwareScan.Outcome.DONE, "ClamAV 1.4.0", "", List.of(), List.of());
        if (!place.has("malware")) {
            return none;
        }
        return place.object("malware").map(ContentsReader::scan).orElse(none);
    }

    private static MalwareScan scan(Place place) {
        place.knowsOnly(MALWARE_MEMBERS);
        var findings = new ArrayList<MalwareScan.Finding>();
        for (var finding : place.objects("findings")) {
            finding.knowsOnly(MALWARE_FINDING_MEMBERS);
            var path = path(finding);
            var signature = finding.required("signature");
            if (path.isPresent() && signature.isPresent()) {
                findings.add(new MalwareScan.Finding(
                        path.get(),
                        SmallFactsReader.layer(finding),
                        signature.get(),
                        finding.flag("deleted").orElse(false)));
            }
        }
        var notScanned = new ArrayList<MalwareScan.NotScanned>();
        for (var file : place.objects("not_scanned")) {
            file.knowsOnly(NOT_SCANNED_MEMBERS);
            path(file)
                    .ifPresent(path -> notScanned.add(new MalwareScan.NotScanned(
                            path,
                            SmallFactsReader.layer(file),
                            file.optional("reason").orElse("too large"))));
        }
        return new MalwareScan(
                place.flag("reachable").orElse(true) ? MalwareScan.Outcome.DONE : MalwareScan.Outcome.NOT_REACHABLE,
                place.optional("engine").orElse("ClamAV 1.4.0"),
                SmallFactsReader.instant(place, "signatures")
                        .map(ContentsReader::signatures)
                        .orElse(""),
                findings,
                notScanned);
    }

    /// As clamd tells the date of its signatures.
    private static String signatures(java.time.Instant at) {
        return "1/"
                + java.time.format.DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH)
                        .withZone(java.time.ZoneOffset.UTC)
                        .format(at);
    }

    private static Optional<Account> account(Place place) {
        place.knowsOnly(ACCOUNT_MEMBERS);
        var name = place.required("name");
        var password = place.optional("password")
                .flatMap(word -> word(place, "password", word, Account.Password.values()))
                .orElse(Account.Password.SHADOWED);
        int userId = place.wholeNumber("user_id").orElse(1000);
        int groupId = place.wholeNumber("group_id").orElse(userId);
        var comment = place.optional("comment").orElse("");
        var home = place.optional("home").orElse("/");
        var shell = place.optional("shell").orElse("/usr/sbin/nologin");
        return name.map(found -> new Account(found, userId, groupId, comment, home, shell, password));
    }

    private static Optional<FileDeviation> deviation(Place place) {
        place.knowsOnly(DEVIATION_MEMBERS);
        var path = path(place);
        var owner = place.required("package");
        var kind = place.optional("kind")
                .flatMap(word -> word(place, "kind", word, FileDeviation.Kind.values()))
                .orElse(FileDeviation.Kind.CHANGED);
        boolean configuration = place.flag("configuration").orElse(false);
        return path.isEmpty() || owner.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileDeviation(path.get(), owner.get(), kind, configuration));
    }

    private static Optional<DeletedFile> deleted(Place place) {
        place.knowsOnly(DELETED_MEMBERS);
        int layer = SmallFactsReader.layer(place);
        long size = size(place);
        return path(place).map(path -> new DeletedFile(path, layer, size));
    }

    private static <E extends Enum<E>> Optional<E> word(Place place, String member, String word, E[] values) {
        var found = Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(word))
                .findFirst();
        if (found.isEmpty()) {
            place.error(
                    member,
                    "unknown word; allowed are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(values)
                                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                                            .toList()));
        }
        return found;
    }
}
