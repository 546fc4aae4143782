package dev.plimsoll.inventory.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.SourceDocument.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What documents say of themselves: who made them, when, and in which phase.
final class DocumentStatementsTest {

    private static Set<Statement> statements(String text) {
        return Documents.read(text).document().orElseThrow().statements().orElseThrow();
    }

    @Test
    void ofCycloneDxInJson() {
        assertThat(statements(Documents.cycloneDx("""
                "metadata":{"timestamp":"2026-01-01T00:00:00Z","authors":[{"name":"A"}],"lifecycles":[{"phase":"build"}]}""")))
                .containsExactly(Statement.AUTHOR, Statement.TIMESTAMP, Statement.GENERATION_CONTEXT);
        assertThat(statements(Documents.cycloneDx("\"metadata\":{\"manufacturer\":{\"name\":\"M\"}}")))
                .containsExactly(Statement.AUTHOR);
        assertThat(
                        statements(
                                Documents.cycloneDx(
                                        "\"metadata\":{\"timestamp\":\"\",\"authors\":[{}],\"component\":{\"name\":\"a\",\"author\":\"b\"}}")))
                .isEmpty();
    }

    @Test
    void ofCycloneDxInXml() {
        var start = "<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><metadata>";
        assertThat(statements(start + "<timestamp>2026-01-01T00:00:00Z</timestamp><lifecycles><lifecycle>"
                        + "<phase>build</phase></lifecycle></lifecycles><authors><author><name>A</name></author></authors>"
                        + "</metadata></bom>"))
                .containsExactly(Statement.AUTHOR, Statement.TIMESTAMP, Statement.GENERATION_CONTEXT);
        assertThat(statements(start + "<manufacturer><name>M</name></manufacturer></metadata></bom>"))
                .containsExactly(Statement.AUTHOR);
        assertThat(statements(start + "<component type='container'><name>a</name><author>b</author><manufacturer>"
                        + "<name>M</name></manufacturer></component></metadata></bom>"))
                .as("what the subject says is not of the document")
                .isEmpty();
    }

    @Test
    void ofSpdx2() {
        var json = """
                {"spdxVersion":"SPDX-2.3","name":"a","creationInfo":{"created":"%s","creators":["Tool: t"%s]},"packages":[]}""";
        assertThat(statements(json.formatted("2026-01-01T00:00:00Z", ",\"Organization: O\"")))
                .containsExactly(Statement.AUTHOR, Statement.TIMESTAMP);
        assertThat(statements(json.formatted("", ""))).isEmpty();
        var tags = "SPDXVersion: SPDX-2.3\nDocumentName: a\nCreator: Tool: t\n";
        assertThat(statements(tags)).isEmpty();
        assertThat(statements(tags + "Creator: Person: P\nCreated: 2026-01-01T00:00:00Z\n"))
                .containsExactly(Statement.AUTHOR, Statement.TIMESTAMP);
    }

    @Test
    void ofSpdx3() {
        var graph = """
                {"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[
                  {"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-01-01T00:00:00Z","createdBy":["%s"]},
                  {"type":"Organization","spdxId":"urn:o","creationInfo":"_:c","name":"O"},
                  {"type":"SoftwareAgent","spdxId":"urn:s","creationInfo":"_:c","name":"S"},
                  {"type":"software_Sbom","spdxId":"urn:b","creationInfo":"_:c","software_sbomType":[%s]}]}""";
        assertThat(statements(graph.formatted("urn:o", "\"build\"")))
                .containsExactly(Statement.AUTHOR, Statement.TIMESTAMP, Statement.GENERATION_CONTEXT);
        assertThat(statements(graph.formatted("urn:s", "")))
                .as("a program is no author, and a supplier none either")
                .containsExactly(Statement.TIMESTAMP);
    }
}
