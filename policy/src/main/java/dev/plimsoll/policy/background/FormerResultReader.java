package dev.plimsoll.policy.background;

import dev.plimsoll.image.Digest;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import dev.plimsoll.policy.background.FormerResult.FormerImage;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.policy.background.FormerResult.FormerRuleResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what an earlier run wrote with `-o json`, of any form 1.x.
///
/// Format: docs/result-format.md. Members that are not known are passed over.
public final class FormerResultReader {

    /// In bytes, of a document.
    public static final long MAX_BYTES = 64L << 20;

    /// In elements, of each list.
    public static final int MAX_ELEMENTS = 250_000;

    /// In values, of a verdict, and of each package and finding.
    public static final int MAX_VALUES = 1_000_000;

    private static final Pattern RESULT =
            Pattern.compile("https://plimsoll\\.dev/schema/result-([0-9]{1,4})\\.schema\\.json");
    private static final Pattern FORM = Pattern.compile("1\\.[0-9]{1,4}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]*");

    private final List<FormerPackage> packages = new ArrayList<>();
    private final List<FindingAsWritten> findings = new ArrayList<>();

    private final List<Part> remembered = new ArrayList<>();

    private FormerResultReader() {}

    /// A finding before the instant of its run is known.
    private record FindingAsWritten(
            String place,
            String id,
            List<String> ids,
            FormerPackage item,
            String severity,
            List<String> fixedIn,
            Optional<Instant> firstSeen,
            Optional<Instant> fixSeen) {

        FormerFinding asOf(Instant evaluatedAt) throws JsonException {
            var fix = notAfter(evaluatedAt, fixSeen, place + "/fixSeen");
            return new FormerFinding(
                    id,
                    ids,
                    item,
                    severity,
                    fixedIn,
                    notAfter(evaluatedAt, firstSeen, place + "/firstSeen").orElse(evaluatedAt),
                    fix.isPresent() || fixedIn.isEmpty() ? fix : Optional.of(evaluatedAt));
        }
    }

    /// @throws JsonException when it is no such document, or over a limit: the message names the place
    public static FormerResult read(byte[] text) throws JsonException {
        try {
            return new FormerResultReader().result(text);
        } catch (JsonException e) {
            throw e;
        } catch (IOException e) {
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }

    private FormerResult result(byte[] text) throws IOException {
        var object = JsonReader.readObject(
                new ByteArrayInputStream(text),
                JsonLimits.FOREIGN.withBytes(MAX_BYTES),
                Set.of("schema", "version", "evaluatedAt", "image", "verdict"),
                Map.of(
                        "packages",
                        (index, element) -> packages.add(item(Part.of(element, "/packages/" + counted(index)))),
                        "findings",
                        (index, element) -> findings.add(finding(Part.of(element, "/findings/" + counted(index)))),
                        "remembered",
                        (index, element) -> remembered.add(Part.of(element, "/remembered/" + counted(index)))),
                MAX_VALUES);
        var root = new Part(object, "");
        requireResult(root);
        var evaluatedAt = root.instant("evaluatedAt").orElseThrow(() -> root.missing("evaluatedAt"));
        var read = new ArrayList<FormerFinding>();
        for (var finding : findings) {
            read.add(finding.asOf(evaluatedAt));
        }
        return new FormerResult(
                root.text("version"),
                image(root),
                evaluatedAt,
                root.has("packages") ? Optional.of(packages) : Optional.empty(),
                root.has("findings") ? Optional.of(read) : Optional.empty(),
                remembered(evaluatedAt),
                root.has("verdict") ? Optional.of(results(root.part("verdict"), evaluatedAt)) : Optional.empty());
    }

    private static int counted(int index) throws JsonException {
        if (index >= MAX_ELEMENTS) {
            throw new JsonException("over " + MAX_ELEMENTS + " elements of one list");
        }
        return index;
    }

    private static void requireResult(Part root) throws JsonException {
        var schema = root.optionalText("schema").orElse("");
        var matcher = RESULT.matcher(schema);
        if (!matcher.matches()) {
            throw Part.wrong(
                    "/schema",
                    schema.contains("plimsoll.dev/schema/inventory-")
                            ? "it is an inventory, which says nothing of findings; judge it first and give the result:"
                                    + " plimsoll check inventory:FILE -o json=RESULT"
                            : "it is no result of Plimsoll, as check and vulns write one with -o json=FILE");
        }
        if (!matcher.group(1).equals("1") || !FORM.matcher(root.text("version")).matches()) {
            throw Part.wrong("/version", "this program reads results of form 1.x");
        }
    }

    private static FormerImage image(Part root) throws JsonException {
        var image = root.part("image");
        var shown = image.text("name");
        var asked = root.object().object("verdict").string("imageName");
        var name = asked.or(() ->
                        Optional.of(shown).filter(each -> Digest.parse(each).isEmpty()))
                .filter(each -> NAME.matcher(each).matches());
        return new FormerImage(shown, name.map(ImageName::parse), digest(image, "id"), digest(image, "manifestDigest"));
    }

    private static FormerPackage item(Part item) throws JsonException {
        return new FormerPackage(item.text("purl"), item.text("type"), item.text("name"), item.text("version"));
    }

    private static FindingAsWritten finding(Part finding) throws JsonException {
        var id = finding.text("id");
        var ids = new ArrayList<>(finding.texts("ids"));
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return new FindingAsWritten(
                finding.place(),
                id,
                ids,
                item(finding.part("package")),
                finding.text("severity"),
                finding.texts("fixedIn"),
                finding.instant("firstSeen"),
                finding.instant("fixSeen"));
    }

    private List<KnownVulnerability> remembered(Instant evaluatedAt) throws JsonException {
        var known = new ArrayList<KnownVulnerability>();
        for (var part : remembered) {
            known.add(new KnownVulnerability(
                    part.text("id"),
                    part.texts("ids"),
                    new PackageKey(part.text("type"), part.text("name")),
                    seen(part, "firstSeen", evaluatedAt),
                    notAfter(evaluatedAt, part.instant("fixSeen"), part.place() + "/fixSeen"),
                    seen(part, "lastSeen", evaluatedAt)));
        }
        return known;
    }

    private static Instant seen(Part part, String name, Instant evaluatedAt) throws JsonException {
        return notAfter(evaluatedAt, part.instant(name), part.place() + "/" + name)
                .orElseThrow(() -> part.missing(name));
    }

    private static List<FormerRuleResult> results(Part verdict, Instant evaluatedAt) throws JsonException {
        var results = new ArrayList<FormerRuleResult>();
        for (var result : verdict.parts("results", MAX_ELEMENTS)) {
            var action = action(result, "action");
            var about = result.has("finding") ? Optional.of(result.part("finding")) : Optional.<Part>empty();
            results.add(new FormerRuleResult(
                    result.text("ruleSet"),
                    result.text("rule"),
                    result.text("gate"),
                    result.text("trigger"),
                    result.text("id"),
                    result.text("triggerId"),
                    demanded(result, action),
                    action,
                    about.isPresent() ? Optional.of(about.get().text("id")) : Optional.empty(),
                    about.isPresent() ? Optional.of(about.get().text("purl")) : Optional.empty(),
                    notAfter(evaluatedAt, result.instant("firstSeen"), result.place() + "/firstSeen")
                            .orElse(evaluatedAt)));
        }
        return results;
    }

    /// Forms before 1.3 tell it only of what an allowlist silenced.
    private static Action demanded(Part result, Action action) throws JsonException {
        if (result.has("demanded")) {
            return action(result, "demanded");
        }
        return result.has("allowlisted") ? action(result.part("allowlisted"), "action") : action;
    }

    private static Action action(Part part, String name) throws JsonException {
        return switch (part.text(name).toLowerCase(Locale.ROOT)) {
            case "go" -> Action.GO;
            case "warn" -> Action.WARN;
            case "stop" -> Action.STOP;
            default -> throw Part.wrong(part.place() + "/" + name, "an action is go, warn or stop");
        };
    }

    /// No run can have known something later than at its own instant.
    private static Optional<Instant> notAfter(Instant evaluatedAt, Optional<Instant> seen, String place)
            throws JsonException {
        if (seen.isPresent() && seen.get().isAfter(evaluatedAt)) {
            throw Part.wrong(place, "it is after /evaluatedAt, " + evaluatedAt);
        }
        return seen;
    }

    private static Optional<Digest> digest(Part part, String name) throws JsonException {
        if (!part.has(name)) {
            return Optional.empty();
        }
        var digest = Digest.parse(part.text(name));
        if (digest.isEmpty()) {
            throw Part.wrong(part.place() + "/" + name, "no digest");
        }
        return digest;
    }
}
