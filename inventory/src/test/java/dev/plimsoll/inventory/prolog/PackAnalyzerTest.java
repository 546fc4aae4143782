package dev.plimsoll.inventory.prolog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import org.junit.jupiter.api.Test;

class PackAnalyzerTest {

    private static final String TEXT = """
            % a pack
            name(func).
            version('0.4.2').
            title('Function application').
            author('A', 'a@example.org').
            requires(list_util).
            requires("lambda").
            home('https://example.org').
            """;

    @Test
    void aFolderOfPacksHasThemInstalled() {
        var path = "root/.local/share/swi-prolog/pack/func/pack.pl";
        var analyzed = Analyzed.by(new PackAnalyzer(), path, TEXT);

        assertThat(analyzed.names()).containsExactly("func 0.4.2");
        assertThat(analyzed.packages().getFirst().evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("list_util", "lambda");
        assertThat(Analyzed.by(new PackAnalyzer(), "src/pack.pl", TEXT)
                        .packages()
                        .getFirst()
                        .evidence())
                .isEqualTo(Evidence.DECLARED);
    }

    @Test
    void aProgramOfPerlIsSilent() {
        var analyzed = Analyzed.by(new PackAnalyzer(), "usr/bin/pack.pl", "#!/usr/bin/perl\nversion(1);\n");

        assertThat(analyzed.facts()).isEmpty();
        assertThat(analyzed.unknowns()).isEmpty();
    }
}
