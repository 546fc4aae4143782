package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.WaiverText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts a waiver into a file.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Put a waiver into a file, whose comments and order stay; the file is made where there is none.",
        footer = {
            "",
            "Example:",
            "  plimsoll waiver add CVE-2023-38545 --package 'pkg:deb/debian/curl' --reason not-affected \\",
            "    --justification vulnerable_code_not_in_execute_path --text 'No SOCKS proxy is configured' \\",
            "    --owner shop@example.org --until 2026-12-31",
            "",
            "Exit codes: 0 it stands there; 1 it is not valid, or cannot be put there."
        })
final class WaiverAddCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Vulnerabilities, or results by the ids that check -v shows; * stands for any characters.")
    private List<String> ids = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = WaiverFiles.DEFAULT,
            description = "The file of waivers (default: ${DEFAULT-VALUE}).")
    private String file = WaiverFiles.DEFAULT;

    @Option(
            names = "--id",
            paramLabel = "NAME",
            description = "What the waiver is called; default: made of what it covers.")
    private @Nullable String name;

    @Option(
            names = "--package",
            split = "\n",
            paramLabel = "PACKAGE",
            description = "Only in this package: a package URL, a name, name@version; * stands for any characters.")
    private List<String> packages = List.of();

    @Option(
            names = "--image",
            split = "\n",
            paramLabel = "IMAGE",
            description = "Only in this image: registry/repository:tag with *, or its digest.")
    private List<String> images = List.of();

    @Option(names = "--path", split = "\n", paramLabel = "GLOB", description = "Only in files that fit.")
    private List<String> paths = List.of();

    @Option(names = "--layer", split = "\n", paramLabel = "DIGEST", description = "Only in this layer.")
    private List<String> layers = List.of();

    @Option(
            names = "--gate",
            split = "\n",
            paramLabel = "GATE[/TRIGGER]",
            description = "Only results of these rules: vulnerabilities/package.")
    private List<String> gates = List.of();

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description =
                    "Why: accepted-risk, false-positive, not-affected, mitigated, fix-scheduled, vendor-disputes, vendor-will-not-fix.")
    private @Nullable String reason;

    @Option(
            names = "--justification",
            paramLabel = "WORD",
            description = "Why it is not affected, in OpenVEX's words: vulnerable_code_not_in_execute_path, …")
    private @Nullable String justification;

    @Option(names = "--text", paramLabel = "TEXT", description = "Why, for people.")
    private @Nullable String text;

    @Option(names = "--owner", paramLabel = "WHO", description = "Who looks after it.")
    private @Nullable String owner;

    @Option(names = "--approver", paramLabel = "WHO", description = "Who agreed.")
    private @Nullable String approver;

    @Option(names = "--ticket", paramLabel = "TICKET", description = "Where it was discussed.")
    private @Nullable String ticket;

    @Option(names = "--valid-from", paramLabel = "TIME", description = "From when it counts; default: always.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "From when it no longer counts: 2026-12-31.")
    private @Nullable String until;

    @Option(
            names = "--effect",
            paramLabel = "suppress|downgrade|extend",
            description = "What it does: silence (the default), make a stop a warning, or give time until --deadline.")
    private @Nullable String effect;

    @Option(names = "--deadline", paramLabel = "TIME", description = "For --effect extend: until when there is time.")
    private @Nullable String deadline;

    WaiverAddCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (reason == null) {
            throw CommandException.usage("waiver add needs a reason: --reason accepted-risk, false-positive,"
                    + " not-affected, mitigated, fix-scheduled, vendor-disputes or vendor-will-not-fix");
        }
        var target = environment.resolve(file);
        boolean isNew = !Files.exists(target);
        var before = isNew
                ? ""
                : new String(
                        WaiverFiles.bytes(environment, file, "waivers", WaiverReader.MAX_LENGTH),
                        StandardCharsets.UTF_8);
        var waiver = waiver(before, isNew);
        var after = isNew ? created(waiver) : appended(before, waiver);
        var reading = WaiverReader.read(file, after.getBytes(StandardCharsets.UTF_8));
        if (!reading.errors().isEmpty()) {
            throw CommandException.usage("the waiver cannot be put into " + file + ":\n  "
                    + String.join(
                            "\n  ",
                            reading.errors().stream().map(Object::toString).toList()));
        }
        write(target, after);
        var id = waiver.string("id").orElseThrow();
        var added = reading.waivers().getLast();
        reading.warnings().stream()
                .filter(problem -> problem.pointer()
                        .startsWith("/waivers/" + (reading.waivers().size() - 1) + "/"))
                .forEach(problem -> environment.err().println("plimsoll: note: it " + problem.message()));
        added.scope().breadth().forEach(clause -> environment.err().println("plimsoll: note: it is broad: " + clause));
        environment.out().println(file + ": " + (isNew ? "made, with" : "added") + " the waiver " + id);
        environment.out().flush();
        return ExitCode.PASS.code();
    }

    private String created(JsonObject waiver) {
        var text = WaiverText.document(List.of(waiver), List.of());
        return file.toLowerCase(Locale.ROOT).endsWith(".json") ? appended("{\"waivers\": []}", waiver) : text;
    }

    private String appended(String before, JsonObject waiver) {
        return switch (WaiverText.append(file, before, waiver)) {
            case WaiverText.Appended(var longer) -> longer;
            case WaiverText.Refused(var why) ->
                throw CommandException.usage("the waiver cannot be put into " + file + ": " + why);
        };
    }

    private JsonObject waiver(String before, boolean isNew) {
        var scope = new LinkedHashMap<String, JsonValue>();
        put(scope, "ids", ids);
        put(scope, "packages", packages);
        put(scope, "images", images);
        put(scope, "paths", paths);
        put(scope, "layers", layers);
        put(scope, "gates", gates);
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("id", new JsonString(name != null ? name : freeName(before, isNew)));
        members.put("scope", new JsonObject(scope));
        put(members, "reason", reason);
        put(members, "justification", justification);
        put(members, "text", text);
        put(members, "owner", owner);
        put(members, "approver", approver);
        put(members, "ticket", ticket);
        put(members, "from", from);
        put(members, "until", until);
        put(members, "effect", effect);
        put(members, "deadline", deadline);
        return new JsonObject(members);
    }

    private static void put(Map<String, JsonValue> members, String member, @Nullable String value) {
        if (value != null) {
            members.put(member, new JsonString(value));
        }
    }

    private static void put(Map<String, JsonValue> members, String member, List<String> values) {
        if (!values.isEmpty()) {
            members.put(
                    member,
                    new JsonArray(
                            values.stream().<JsonValue>map(JsonString::new).toList()));
        }
    }

    /// What it covers, and a number where another is called so.
    private String freeName(String before, boolean isNew) {
        var first = Stream.of(ids, packages, images, paths, gates, layers)
                .flatMap(List::stream)
                .findFirst()
                .orElse("waiver");
        var base = first.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-+|-+$", "");
        var taken = isNew
                ? List.<String>of()
                : WaiverReader.read(file, before.getBytes(StandardCharsets.UTF_8)).waivers().stream()
                        .map(waiver -> waiver.id())
                        .toList();
        var free = base.isEmpty() ? "waiver" : base;
        for (int number = 2; taken.contains(free); number++) {
            free = base + "-" + number;
        }
        return free;
    }

    /// The file is complete or as it was.
    private void write(Path target, String content) {
        try {
            var absolute = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            var unfinished = absolute.resolveSibling(
                    "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            try {
                Files.writeString(unfinished, content);
                Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw CommandException.usage("cannot write " + file + ": " + Failures.reason(e) + " (--file)");
        }
    }
}
