package dev.plimsoll.inventory.rlang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import org.junit.jupiter.api.Test;

class DescriptionAnalyzerTest {

    private static Analyzed analyze(String path, String text) {
        return Analyzed.by(new DescriptionAnalyzer(), path, text);
    }

    @Test
    void readsWhatIsBuilt() {
        var analyzed = analyze("opt/r/glue/DESCRIPTION", """
                Package: glue
                Title: Interpreted String Literals
                Version: 1.6-2
                Authors@R: c(
                    person("A", "B"))
                License: MIT + file LICENSE | GPL (>= 2)
                Depends: R (>= 3.4), methods
                Imports: rlang (>= 1.0.0),
                    stats
                URL: https://example.org/glue (site), https://example.org/2
                Built: R 4.2.2; ; 2022-12-09 11:32:41 UTC; unix
                """);

        assertThat(analyzed.names()).containsExactly("glue 1.6-2");
        assertThat(analyzed.licenses()).containsExactly("MIT", "GPL (>= 2)");
        var found = analyzed.packages().getFirst();
        assertThat(found.dependencies()).containsExactly("methods", "rlang", "stats");
        assertThat(found.evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(found.properties()).containsEntry(PackageProperty.HOMEPAGE, "https://example.org/glue");
    }

    @Test
    void aFolderOfALibraryIsEnough() {
        var text = "Package: glue\nVersion: 1.0\n";

        assertThat(analyze("usr/lib/R/site-library/glue/DESCRIPTION", text).names())
                .containsExactly("glue 1.0");
        assertThat(analyze("root/R/x86_64-pc-linux-gnu-library/4.2/glue/DESCRIPTION", text)
                        .names())
                .containsExactly("glue 1.0");
        assertThat(analyze("usr/lib/R/site-library/other/DESCRIPTION", text).facts())
                .isEmpty();
    }

    @Test
    void otherFilesOfThatNameAreSilent() {
        for (var text : new String[] {
            "", "A text\nof some lines", "Package: source\nVersion: 1.0\n", "Name: x\nBuilt: yes\n", "\0\1\2"
        }) {
            var analyzed = analyze("src/DESCRIPTION", text);
            assertThat(analyzed.facts()).as(text).isEmpty();
            assertThat(analyzed.unknowns()).as(text).isEmpty();
        }
    }

    @Test
    void aBrokenOneIsUnknown() {
        assertThat(analyze("x/DESCRIPTION", "Package: glue\nVersion: new\nBuilt: R 4.2\n")
                        .unknowns())
                .containsExactly("a package of R whose name or version is none");
    }
}
