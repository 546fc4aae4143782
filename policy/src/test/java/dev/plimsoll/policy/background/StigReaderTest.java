package dev.plimsoll.policy.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.policy.background.StigEvaluation.Severity;
import dev.plimsoll.policy.background.StigEvaluation.Status;
import dev.plimsoll.policy.background.StigEvaluation.StigControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StigReaderTest {

    static List<StigEvaluation> read(String text) throws IOException {
        return StigReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> shown(StigEvaluation evaluation) {
        return evaluation.controls().stream()
                .map(control -> control.id() + " " + control.status() + " "
                        + control.severity().map(Severity::name).orElse("-"))
                .toList();
    }

    @Test
    void readsWhatInspecWrites() throws IOException {
        assertThat(read(StigDocuments.HDF)).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.format()).isEqualTo("HDF");
            assertThat(evaluation.profile()).isEqualTo("our-linux-baseline");
            assertThat(evaluation.target()).isEqualTo("web");
            assertThat(evaluation.evaluatedAt()).as("the last result").contains(Instant.parse("2026-05-20T10:00:02Z"));
            assertThat(shown(evaluation))
                    .containsExactly(
                            "V-1 FAILED HIGH",
                            "V-2 PASSED MEDIUM",
                            "V-3 NOT_REVIEWED LOW",
                            "V-4 NOT_APPLICABLE -",
                            "V-5 ERROR CRITICAL",
                            "V-6 NOT_REVIEWED MEDIUM");
            assertThat(evaluation.controls().getFirst())
                    .isEqualTo(new StigControl(
                            "V-1",
                            List.of("OURS-00-000010", "SV-1r2_rule"),
                            "No empty passwords",
                            Optional.of(Severity.HIGH),
                            Status.FAILED));
        });
    }

    @Test
    void readsTheNewerForm() throws IOException {
        var evaluations = read(StigDocuments.HDF_3);

        assertThat(evaluations)
                .extracting(StigEvaluation::profile)
                .containsExactly("our-newer-baseline", "our-other-baseline");
        assertThat(evaluations).extracting(StigEvaluation::target).containsOnly("web");
        assertThat(evaluations)
                .extracting(StigEvaluation::evaluatedAt)
                .containsExactly(
                        Optional.of(Instant.parse("2026-05-20T10:00:00Z")),
                        Optional.of(Instant.parse("2026-05-21T00:00:00Z")));
        assertThat(shown(evaluations.getFirst()))
                .containsExactly("V-1 FAILED HIGH", "V-2 PASSED LOW", "V-3 NOT_APPLICABLE MEDIUM", "V-4 ERROR MEDIUM");
    }

    @Test
    void readsABenchmarkWithItsResults() throws IOException {
        assertThat(read(StigDocuments.XCCDF)).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.format()).isEqualTo("XCCDF");
            assertThat(evaluation.profile()).isEqualTo("xccdf_example.ours_profile_high");
            assertThat(evaluation.target()).isEqualTo("web");
            assertThat(evaluation.evaluatedAt()).contains(Instant.parse("2026-05-20T08:00:00Z"));
            assertThat(shown(evaluation))
                    .containsExactly(
                            "xccdf_example.ours_rule_eight PASSED -",
                            "xccdf_example.ours_rule_five NOT_APPLICABLE -",
                            "xccdf_example.ours_rule_seven FAILED -",
                            "xccdf_example.ours_rule_six ERROR -",
                            "xccdf_example.ours_rule_three NOT_REVIEWED LOW",
                            "xccdf_example.ours_rule_two PASSED MEDIUM",
                            "xccdf_mil.disa.stig_rule_SV-1r2_rule FAILED HIGH");
            assertThat(evaluation.controls().getLast())
                    .isEqualTo(new StigControl(
                            "xccdf_mil.disa.stig_rule_SV-1r2_rule",
                            List.of(
                                    "CCI-000366",
                                    "OURS-00-000010",
                                    "SV-1r2_rule",
                                    "V-1",
                                    "xccdf_mil.disa.stig_group_V-1"),
                            "No empty passwords",
                            Optional.of(Severity.HIGH),
                            Status.FAILED));
        });
    }

    @Test
    void readsAnAssetReportOfTheOlderVersion() throws IOException {
        assertThat(read(StigDocuments.ARF)).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.profile()).as("of no profile: the benchmark").isEqualTo("ours.xml");
            assertThat(evaluation.evaluatedAt())
                    .as("without a zone it is UTC")
                    .contains(Instant.parse("2026-05-20T10:00:00Z"));
            assertThat(evaluation.controls())
                    .containsExactly(
                            new StigControl("rule-1", List.of(), "First", Optional.of(Severity.MEDIUM), Status.FAILED));
        });
    }

    @Test
    void readsOtherEncodingsThanUtf8() throws IOException {
        var text = StigDocuments.XCCDF.replace("UTF-8", "UTF-16").replace("Two", "Zwölf");
        var bytes = text.getBytes(StandardCharsets.UTF_16);

        assertThat(StigReader.read(bytes).getFirst().controls())
                .extracting(StigControl::title)
                .contains("Zwölf");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1}                                        | it is JSON, and no HDF: it has neither 'profiles' nor 'baselines'",
                "{\"profiles\": []}                                | it holds no evaluation",
                "{\"profiles\": [1]}                               | at /profiles/0: must be an object and is of type number",
                "{\"profiles\": [{\"controls\": {}}]}              | at /profiles/0/controls: must be a list and is of type object",
                "{\"profiles\": [{\"controls\": [{}]}]}            | at /profiles/0/controls/0: 'id' is missing",
                "{\"profiles\": [{\"controls\": [{\"id\": \"a\", \"results\": [{\"status\": \"odd\"}]}]}]} | at /profiles/0/controls/0/results/0/status: it is none of HDF's words for a result",
                "nothing                                           | not JSON at line 1",
                "<a/>                                              | it holds no evaluation: neither an XCCDF TestResult, nor a profile of HDF",
                "<a>                                               | it is no well-formed XML at line 1",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a> | it has a document type (DTD), and those are not read",
                "<TestResult xmlns='http://checklists.nist.gov/xccdf/1.2'><rule-result idref='r'><result>odd</result></rule-result></TestResult> | the result of the rule r is none of XCCDF's words",
                "<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/> | it is XML in the encoding EBCDIC-CP-US; write it as UTF-8",
            })
    void saysWhatIsWrong(String text, String expected) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageContaining(expected);
    }

    @Test
    void endsAtItsLimits() {
        var deep = "<a>".repeat(XccdfReader.MAX_DEPTH + 1);
        var many = "<TestResult xmlns='http://checklists.nist.gov/xccdf/1.2'>"
                + "<rule-result idref='r'/>".repeat(StigReader.MAX_CONTROLS + 1);
        var controls = "{\"profiles\": [{\"controls\": ["
                + "{\"id\": \"a\"},".repeat(StigReader.MAX_CONTROLS)
                + "{\"id\": \"a\"}]}]}";

        assertThatThrownBy(() -> read(deep)).hasMessageContaining("over 80 elements in elements at line 1");
        assertThatThrownBy(() -> read(many)).hasMessageContaining("over 200000 rules and results of rules at line 1");
        assertThatThrownBy(() -> read(controls)).hasMessageContaining("/profiles/0/controls: over 200000 elements");
        assertThatThrownBy(() -> StigReader.read(new byte[(int) StigReader.MAX_BYTES + 1]))
                .hasMessageContaining("over 67108864 bytes");
    }

    @Test
    void shortensLongTexts() throws IOException {
        var text = StigDocuments.XCCDF.replace("Two", "x".repeat(10_000));

        assertThat(read(text).getFirst().controls())
                .extracting(control -> control.title().length())
                .allMatch(length -> length <= StigControls.MAX_TEXT + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-20T10:00:00Z, 2026-05-20T10:00:00Z",
        "2026-05-20T10:00:00.5+02:00, 2026-05-20T08:00:00.500Z",
        "2026-05-20T10:00:00, 2026-05-20T10:00:00Z",
        "2026-05-20 10:00:00 -0500, 2026-05-20T15:00:00Z",
        "yesterday,",
        "2026-05-20,",
        "2026-02-30T10:00:00Z,",
        "'',",
    })
    void readsInstantsAsToolsWriteThem(String text, String instant) {
        assertThat(StigInstant.parse(text))
                .isEqualTo(Optional.ofNullable(instant).map(Instant::parse));
    }
}
