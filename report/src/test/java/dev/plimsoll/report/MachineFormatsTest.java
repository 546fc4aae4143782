package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResultReader;
import dev.plimsoll.policy.background.History;
import dev.plimsoll.policy.background.PackageKey;
import dev.plimsoll.report.formats.ReportFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Formats for machines against the schemas and libraries of their publishers.
final class MachineFormatsTest {

    @ParameterizedTest
    @MethodSource("results")
    void jsonKeepsToItsSchema(Result result) throws IOException {
        String schema;
        try (var in = JsonFormat.class.getResourceAsStream("result-1.schema.json")) {
            schema = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        Validator.Result validated = new ValidatorFactory().validate(schema, text(new JsonFormat(), result));

        assertThat(validated.getErrors())
                .extracting(error -> error.getInstanceLocation() + " " + error.getError())
                .isEmpty();
        assertThat(validated.isValid()).isTrue();
    }

    @Test
    void theSchemaRefusesWhatItDoesNotName() throws IOException {
        String schema;
        try (var in = JsonFormat.class.getResourceAsStream("result-1.schema.json")) {
            schema = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        var text = text(new JsonFormat(), Results.listed())
                .replace("\"severity\": \"high\"", "\"severity\": \"terrible\"");

        assertThat(new ValidatorFactory().validate(schema, text).isValid()).isFalse();
    }

    static Stream<Result> results() {
        var finding = Results.finding("CVE-2021-23337", Results.lodash("p"), Severity.HIGH, "4.17.21");
        return Stream.of(
                Results.counted(),
                Results.ofDocument(),
                Results.listed(),
                Results.checked(Decision.PASS, List.of()),
                Results.checked(Decision.DATA_MISSING, List.of(Results.stop(finding))));
    }

    @Test
    void cycloneDxIsValidByTheOfficialLibrary() throws IOException {
        var text = text(ReportFormats.named("cyclonedx-json").orElseThrow(), Results.counted());

        assertThat(new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isEmpty();
    }

    @Test
    void cycloneDxSaysWhatTheOfficialLibraryReads() throws Exception {
        var bom = new JsonParser()
                .parse(text(ReportFormats.named("cyclonedx-json").orElseThrow(), Results.counted())
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(bom.getComponents())
                .extracting(component -> component.getType().getTypeName() + " " + component.getName() + " "
                        + component.getVersion() + " " + component.getPurl())
                .containsExactly(
                        "operating-system debian 12 null",
                        "library libssl3 3.0.11-1~deb12u1 pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl",
                        "library lodash 4.17.15 pkg:npm/lodash@4.17.15");
        assertThat(bom.getMetadata().getComponent().getName()).isEqualTo("registry.example/shop/web:1.4");
    }

    @Test
    void cycloneDxOfAnImageWithoutAnIdIsValidToo() throws Exception {
        var text = text(ReportFormats.named("cyclonedx-json").orElseThrow(), Results.ofDocument());

        assertThat(new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isEmpty();
        var image = new JsonParser()
                .parse(text.getBytes(StandardCharsets.UTF_8))
                .getMetadata()
                .getComponent();
        assertThat(image.getBomRef()).isEqualTo("document:sha256:" + "2".repeat(64));
        assertThat(image.getVersion()).isNull();
    }

    @Test
    void jsonLeavesOutWhatIsNotKnown() throws IOException {
        var object = (JsonObject) JsonReader.read(text(new JsonFormat(), Results.ofDocument()), JsonLimits.FOREIGN);

        assertThat(object.object("image").members())
                .doesNotContainKeys("id", "manifestDigest", "platform", "created", "layers", "unpackedSize")
                .containsKey("document");
        assertThat(object.objects("packages").getFirst().members()).doesNotContainKey("layer");
        assertThat(object.objects("unknowns").getFirst().members()).doesNotContainKey("layer");
        assertThat(object.objects("unknowns").getFirst().string("path")).contains("");
    }

    @ParameterizedTest
    @MethodSource("results")
    void theSameResultGivesTheSameBytes(Result result) throws IOException {
        for (var format : ReportFormats.all()) {
            assertThat(text(format, result)).isEqualTo(text(format, result));
        }
    }

    @Test
    void jsonNamesTheInputsOfAVerdict() throws IOException {
        var object = (JsonObject)
                JsonReader.read(text(new JsonFormat(), Results.checked(Decision.PASS, List.of())), JsonLimits.FOREIGN);

        assertThat(object.object("verdict").objects("inputs").getFirst().string("name"))
                .contains("bundle");
    }

    /// What a run writes the next one reads, and carries on.
    @Test
    void jsonIsReadByTheNextRun() throws IOException {
        var results = List.of(
                Results.stop(Results.matches().findings().getFirst()),
                Results.result(Action.WARN, "no health check", Optional.empty()));
        var first = FormerResultReader.read(json(Results.checked(Decision.FAIL, results)));
        var later = Results.AT.plus(Duration.ofDays(9));
        var verdict = Results.verdict(Decision.FAIL, results);
        var again = FormerResultReader.read(json(new Result(
                "1",
                "image",
                later,
                Results.inventory(),
                Optional.of(Results.matches()),
                Optional.of(verdict),
                Optional.empty(),
                History.of(later, Optional.of(first)))));

        assertThat(first.packages().orElseThrow())
                .extracting(FormerResult.FormerPackage::key)
                .containsExactlyElementsOf(Results.inventory().packages().stream()
                        .map(PackageKey::of)
                        .toList());
        assertThat(first.results().orElseThrow())
                .extracting(FormerResult.FormerRuleResult::stableId)
                .containsExactlyElementsOf(
                        results.stream().map(RuleResult::stableId).toList());
        assertThat(again.evaluatedAt()).isEqualTo(later);
        assertThat(again.findings()).isEqualTo(first.findings());
        assertThat(again.results()).isEqualTo(first.results());
        assertThat(again.findings().orElseThrow()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.firstSeen()).isEqualTo(Results.AT);
            assertThat(finding.fixSeen().isPresent())
                    .isNotEqualTo(finding.fixedIn().isEmpty());
        });
    }

    private static byte[] json(Result result) throws IOException {
        return text(new JsonFormat(), result).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"2026-05-31, true", "2026-06-01, true", "2026-06-02, false"})
    void jsonSaysWhetherFixesHaveEndedByTheTimeOfTheVerdict(LocalDate lastDay, boolean ended) throws IOException {
        var matches = Results.matches();
        var result = new Result(
                "1",
                "image",
                Results.AT,
                Results.inventory(),
                Optional.of(new MatchResult(
                        matches.release(),
                        matches.findings(),
                        matches.suppressed(),
                        matches.coverage(),
                        Optional.of(new Lifecycle("debian", "12", Optional.of(lastDay), false)),
                        matches.problems(),
                        matches.builtAt(),
                        matches.dataDigests(),
                        false,
                        ExploitationCoverage.ALL)),
                Optional.empty());

        assertThat(text(new JsonFormat(), result)).containsPattern("\"ended\" ?: ?" + ended);
    }

    private static String text(ReportFormat format, Result result) throws IOException {
        var out = new ByteArrayOutputStream();
        format.write(result, Presentation.PLAIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
