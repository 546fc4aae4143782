package dev.plimsoll.inventory.ocaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import org.junit.jupiter.api.Test;

class OpamAnalyzerTest {

    private static final String TEXT = """
            opam-version: "2.0"
            # version: "9"
            synopsis: "Monadic \\"promises\\""
            description: \"""
            several lines: "quoted"
            \"""
            license: ["MIT" "ISC"]
            depends: [
              "dune" {>= "2.0" & with-test}
              ("ocaml" {>= "4.08"} | "ocaml-variants")
            ]
            url { src: "https://example.org/a.tbz" checksum: ["sha256=00"] }
            """;

    private static Analyzed analyze(String path, String text) {
        return Analyzed.by(new OpamAnalyzer(), path, text);
    }

    @Test
    void thePathNamesWhatASwitchInstalled() {
        var analyzed = analyze("root/.opam/4.14/.opam-switch/packages/lwt.5.6.1/opam", TEXT);

        assertThat(analyzed.names()).containsExactly("lwt 5.6.1");
        assertThat(analyzed.licenses()).containsExactly("MIT", "ISC");
        var found = analyzed.packages().getFirst();
        assertThat(found.dependencies()).containsExactly("dune", "ocaml", "ocaml-variants");
        assertThat(found.evidence()).isEqualTo(Evidence.INSTALLED);
        assertThat(found.properties()).containsEntry(PackageProperty.SUMMARY, "Monadic \"promises\"");
    }

    @Test
    void sourcesDeclareWhereTheySayTheirVersion() {
        var analyzed = analyze("src/lwt.opam", TEXT + "version: \"5.7\"\n");

        assertThat(analyzed.names()).containsExactly("lwt 5.7");
        assertThat(analyzed.packages().getFirst().evidence()).isEqualTo(Evidence.DECLARED);
        assertThat(analyze("src/lwt.opam", TEXT).facts()).isEmpty();
        assertThat(analyze("src/lwt.5.8/opam", TEXT).names()).containsExactly("lwt 5.8");
    }

    @Test
    void whatCouldBeInstalledAndTheProgramAreSilent() {
        assertThat(analyze("root/.opam/repo/default/packages/lwt/lwt.5.6.1/opam", TEXT)
                        .facts())
                .isEmpty();
        var program = analyze("usr/bin/opam", "\u007fELF\0\0opam-version\0");
        assertThat(program.facts()).isEmpty();
        assertThat(program.unknowns()).isEmpty();
    }
}
