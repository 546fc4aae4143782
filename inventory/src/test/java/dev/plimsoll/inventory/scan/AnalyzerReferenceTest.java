package dev.plimsoll.inventory.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.ImagePackage.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Keeps the table of analyzers in `docs/coverage.md` what the declarations say. To write it anew: run this test with
/// `-Dplimsoll.test.jvm=-Dplimsoll.write.reference=true`.
final class AnalyzerReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "coverage.md");

    @Test
    void thePageIsWhatTheDeclarationsSay() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(AnalyzerReference.BEGIN);
        int end = page.indexOf(AnalyzerReference.END) + AnalyzerReference.END.length();
        if (Boolean.getBoolean("plimsoll.write.reference")) {
            page = page.substring(0, begin) + AnalyzerReference.markdown() + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(AnalyzerReference.END) + AnalyzerReference.END.length();
        }
        assertThat(page.substring(begin, end))
                .as(
                        "write it anew: ./mvnw -pl inventory -am test -Dtest=AnalyzerReferenceTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dplimsoll.test.jvm=-Dplimsoll.write.reference=true")
                .isEqualTo(AnalyzerReference.markdown());
    }

    @Test
    void everyDeclarationIsComplete() {
        assertThat(AnalyzerReference.sorted()).allSatisfy(item -> {
            assertThat(item.id().name()).matches("[a-z0-9-]+");
            assertThat(item.id().version()).isPositive();
            assertThat(item.ecosystem()).isNotBlank();
            assertThat(AnalyzerReference.reads(item, "")).as(item.id().name()).isNotBlank();
            assertThat(item.source()).as(item.id().name() + " names its source").isNotBlank();
            assertThat(item.proof())
                    .as(item.id().name() + " says what it is held against")
                    .isNotBlank();
            assertThat(item.evidence() == Evidence.INSTALLED
                            || !item.types().isEmpty()
                            || item.gives().contains("packages"))
                    .as(item.id().name() + " declares packages")
                    .isTrue();
            assertThat(item.limits()).allSatisfy(limit -> {
                assertThat(limit.most()).isPositive();
                assertThat(limit.what()).isNotBlank();
                assertThat(limit.unit()).isNotBlank();
            });
        });
    }
}
