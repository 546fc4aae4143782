package dev.plimsoll.inventory.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.UnpackBudget;
import dev.plimsoll.inventory.WantedIndex;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.scan.LayerEvidence.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LayerCollectorTest {

    private static final String LISTS = "var/lib/dpkg/info/";

    private final LayerCollector collector = new LayerCollector(
            Analyzers.all(),
            new WantedIndex(Analyzers.all().stream().map(Analyzer::wanted).toList()),
            List.of(),
            Set.of(),
            false,
            new Exclusion(List.of()),
            ScanLimits.DEFAULTS,
            UnpackBudget.unlimited());

    private static LayerEntry entry(String path, LayerEntry.Kind kind, long size, String link) {
        return new LayerEntry(path, kind, 0644, 0, 0, size, link);
    }

    private static void file(LayerCollector collector, String path, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        collector.visit(entry(path, LayerEntry.Kind.FILE, bytes.length, ""), new ByteArrayInputStream(bytes));
    }

    private static void link(LayerCollector collector, String path, String target) throws IOException {
        collector.visit(entry(path, LayerEntry.Kind.HARD_LINK, 0, target), InputStream.nullInputStream());
    }

    @Test
    void hardLinksRepeatAsManyFactsAsTheLimitAndNoMore() throws IOException {
        var paths = LayerFacts.MAX_REPEATED / 100 - 1; // the fact itself counts too
        file(collector, LISTS + "a.list", "/x\n".repeat(paths));
        for (int i = 0; i < 100; i++) {
            link(collector, LISTS + "b" + i + ".list", LISTS + "a.list");
        }
        assertThat(collector.finish().unreadable()).isEmpty();

        link(collector, LISTS + "c.list", LISTS + "a.list");
        assertThat(collector.finish().found()).hasSize(101);
        assertThat(collector.finish().unreadable())
                .extracting(item -> item.path() + ": " + item.reason())
                .containsExactly(LISTS + "c.list: a hard link; those of the layer repeat over 500000 facts");
    }

    @Test
    void aLinkToALinkSaysWhatTheFileSays() throws IOException {
        file(collector, "a/package.json", "{\"name\":\"a\",\"version\":\"1\"}");
        link(collector, "b/package.json", "a/package.json");
        link(collector, "c/package.json", "b/package.json");

        assertThat(collector.finish().found())
                .extracting(Found::path)
                .containsExactly("a/package.json", "b/package.json", "c/package.json");
    }

    @Test
    void saysAsManyUnknownsAsTheLimitAndThatThereAreMore() throws IOException {
        for (int i = 0; i < LayerFacts.MAX_UNKNOWNS + 5; i++) {
            link(collector, i + "/package.json", "none");
        }

        var unreadable = collector.finish().unreadable();
        assertThat(unreadable).hasSize(LayerFacts.MAX_UNKNOWNS + 1);
        assertThat(unreadable.getLast().reason())
                .isEqualTo("and more: the layer has over 10000 places that could not be read");
    }

    @Test
    void anAnalyzersDefectCostsItsFileOnly() throws IOException {
        var defective = collector(new IllegalStateException("oops"));
        file(defective, "a", "x");
        file(defective, "b", "x");

        assertThat(defective.finish().unreadable())
                .extracting(item -> item.path() + ": " + item.reason())
                .containsExactly(
                        "a: test/1 failed: java.lang.IllegalStateException: oops",
                        "b: test/1 failed: java.lang.IllegalStateException: oops");
    }

    @Test
    void aFailureOfTheLayerIsNotTheFiles() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the layer is cut short");
            }
        };

        assertThatThrownBy(() -> collector.visit(entry("a/package.json", LayerEntry.Kind.FILE, 10, ""), broken))
                .hasMessage("the layer is cut short");
    }

    @Test
    void aFailureOfAnAnalyzersOwnIsTheFiles() throws IOException {
        var own = collector(new IOException("not that format"));
        file(own, "a", "x");

        assertThat(own.finish().unreadable())
                .extracting(item -> item.reason())
                .containsExactly("test/1 could not read it: not that format");
    }

    private static LayerCollector collector(Exception thrown) {
        var analyzer = new Analyzer() {
            @Override
            public AnalyzerDeclaration declaration() {
                return AnalyzerDeclaration.of("test", 1, "test", WantedPaths.of("**/*"));
            }

            @Override
            public void analyze(LayerFile file, FactSink facts) throws IOException {
                if (thrown instanceof IOException failure) {
                    throw failure;
                }
                throw (RuntimeException) thrown;
            }
        };
        return new LayerCollector(
                List.of(analyzer),
                new WantedIndex(List.of(analyzer.wanted())),
                List.of(),
                Set.of(),
                false,
                new Exclusion(List.of()),
                ScanLimits.DEFAULTS,
                UnpackBudget.unlimited());
    }
}
