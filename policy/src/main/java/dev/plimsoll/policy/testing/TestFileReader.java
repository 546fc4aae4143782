package dev.plimsoll.policy.testing;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a file of tests, YAML or JSON, and finds all that is wrong with it at once (docs/policy-testing.md).
public final class TestFileReader {

    /// In bytes: some thousand tests.
    public static final int MAX_LENGTH = 8 << 20;

    /// Tests of one file.
    public static final int MAX_TESTS = 5_000;

    /// What counts as now where a file does not say: a file's tests end the same on every day.
    public static final Instant USUAL_INSTANT = Instant.parse("2026-01-01T00:00:00Z");

    static final String USUAL_IMAGE = "registry.example/app:1";

    private static final String TESTS = "tests";
    private static final String FACTS = "facts";
    static final Set<String> DOCUMENT_MEMBERS =
            Set.of("version", "description", "policy", "waivers", "image", "at", "options", FACTS, TESTS);
    static final Set<String> TEST_MEMBERS =
            Set.of("name", "description", "image", "at", "options", FACTS, "inventory", "advisories", "expect");
    static final Set<String> OPTION_MEMBERS = Set.of("strict", "unmapped", "unknown_severity");

    private final String file;
    private final List<BundleProblem> problems = new ArrayList<>();

    private TestFileReader(String file) {
        this.file = file;
    }

    /// @param file its name, for messages; one that ends with `.json` is read as JSON, all others as YAML
    public static TestFileReading read(String file, byte[] text) {
        try {
            return tree(file, text) instanceof JsonObject object
                    ? new TestFileReader(file).read(object)
                    : failed("is no file of tests: it must hold the member '" + TESTS + "', a list");
        } catch (JsonException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    /// Whether a file of a folder is meant to hold tests. What cannot be read counts as one where its name says so.
    public static boolean isMeantToHoldTests(String file, byte[] text) {
        try {
            return tree(file, text) instanceof JsonObject object
                    && object.get(TESTS).isPresent();
        } catch (JsonException _) {
            return file.toLowerCase(Locale.ROOT).contains("test");
        }
    }

    private static JsonValue tree(String file, byte[] text) throws JsonException {
        if (text.length > MAX_LENGTH) {
            throw new JsonException("is over " + MAX_LENGTH + " bytes");
        }
        return file.toLowerCase(Locale.ROOT).endsWith(".json")
                ? JsonReader.read(text, JsonLimits.AUTHORED.withBytes(MAX_LENGTH))
                : YamlReader.readAuthored(text);
    }

    private static TestFileReading failed(String message) {
        return new TestFileReading(Optional.empty(), List.of(new BundleProblem(Severity.ERROR, "", message)));
    }

    private TestFileReading read(JsonObject object) {
        var document = new Place(object, "", problems);
        document.knowsOnly(DOCUMENT_MEMBERS);
        var version = document.textOrNumber("version");
        if (version.isPresent() && !version.get().equals("1")) {
            document.error("version", "unknown version: allowed is 1");
        }
        var policies = document.texts("policy");
        var waivers = document.texts("waivers");
        var image = document.optional("image").orElse(USUAL_IMAGE);
        var at = SmallFactsReader.instant(document, "at").orElse(USUAL_INSTANT);
        var options = options(document, EvaluationOptions.DEFAULT);
        if (!document.has(TESTS)) {
            document.error("the member '" + TESTS + "' is missing");
        }
        var places = document.objects(TESTS);
        if (document.has(TESTS) && places.isEmpty() && problems.isEmpty()) {
            document.error(TESTS, "there are no tests");
        }
        if (places.size() > MAX_TESTS) {
            document.error(TESTS, "there are over " + MAX_TESTS + " tests: put some into another file");
            places = List.of();
        }
        var tests = new ArrayList<PolicyTest>();
        Set<String> names = new HashSet<>();
        for (var place : places) {
            test(place, document, image, at, options).ifPresent(test -> {
                tests.add(test);
                if (!names.add(test.name())) {
                    place.error("name", "another test has that name");
                }
            });
        }
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)
                ? new TestFileReading(Optional.empty(), problems)
                : new TestFileReading(Optional.of(new TestFile(file, policies, waivers, tests)), problems);
    }

    private Optional<PolicyTest> test(
            Place place, Place document, String usualImage, Instant usualAt, EvaluationOptions usual) {
        place.knowsOnly(TEST_MEMBERS);
        var name = place.required("name");
        var image = place.optional("image").orElse(usualImage);
        var at = SmallFactsReader.instant(place, "at").orElse(usualAt);
        var options = options(place, usual);
        var facts = facts(place, document, at);
        var expectation = place.object("expect").map(ExpectationReader::read);
        return name.isEmpty() || expectation.isEmpty()
                ? Optional.empty()
                : Optional.of(new PolicyTest(
                        name.get(), place.pointer(), ImageName.parse(image), at, options, facts, expectation.get()));
    }

    /// A test's own members go before those of the whole file.
    private Facts facts(Place place, Place document, Instant at) {
        if (place.has("inventory")) {
            if (place.has(FACTS)) {
                place.error(FACTS, "stands beside 'inventory': a test has one of them");
            }
            return new Facts.Stored(place.required("inventory").orElse(""), place.texts("advisories"));
        }
        if (place.has("advisories")) {
            place.error("advisories", "is for tests with an 'inventory'; small facts tell 'findings'");
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (document.isObject(FACTS)) {
            members.putAll(document.tree().object(FACTS).members());
        } else if (document.has(FACTS)) {
            document.object(FACTS);
        }
        if (place.isObject(FACTS)) {
            members.putAll(place.tree().object(FACTS).members());
        } else if (place.has(FACTS)) {
            place.object(FACTS);
        }
        return SmallFactsReader.read(new Place(new JsonObject(members), place.pointer() + "/" + FACTS, problems), at);
    }

    private static EvaluationOptions options(Place of, EvaluationOptions usual) {
        if (!of.has("options")) {
            return usual;
        }
        return of.object("options")
                .map(place -> {
                    place.knowsOnly(OPTION_MEMBERS);
                    return new EvaluationOptions(
                            ExpectationReader.action(place, "unmapped")
                                    .map(action -> action == Action.GO)
                                    .orElse(usual.unmappedGo()),
                            ExpectationReader.action(place, "unknown_severity").orElse(usual.unknownSeverity()),
                            place.flag("strict").orElse(usual.strict()));
                })
                .orElse(usual);
    }
}
