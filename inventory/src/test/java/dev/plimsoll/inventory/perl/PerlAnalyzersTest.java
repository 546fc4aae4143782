package dev.plimsoll.inventory.perl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerlAnalyzersTest {

    private static final String METADATA = """
            {"abstract": "Bars", "license": ["perl_5", "unknown"], "name": "Foo-Bar", "version": "1.10",
             "meta-spec": {"url": "http://search.cpan.org/perldoc?CPAN::Meta::Spec", "version": 2},
             "prereqs": {"runtime": {"requires": {"perl": "5.006", "File::Spec": "0"}}}}
            """;

    @Test
    void readsTheRecordOfCpanm() {
        var analyzed = Analyzed.by(new InstallJsonAnalyzer(), "lib/perl5/x/.meta/Foo-Bar-1.10/install.json", """
                {"name": "Foo::Bar", "dist": "Foo-Bar-1.10", "version": 1.1,
                 "pathname": "A/AU/AUTHOR/Foo-Bar-1.10.tar.gz", "provides": {}}
                """);

        assertThat(analyzed.names()).containsExactly("Foo-Bar 1.10");
        assertThat(analyzed.packages().getFirst().properties())
                .containsEntry(
                        PackageProperty.DOWNLOAD,
                        "https://cpan.metacpan.org/authors/id/A/AU/AUTHOR/Foo-Bar-1.10.tar.gz");
        assertThat(Analyzed.by(
                                new InstallJsonAnalyzer(),
                                ".meta/x/install.json",
                                "{\"name\": \"Foo::Bar\", \"version\": 2}")
                        .names())
                .containsExactly("Foo-Bar 2");
        assertThat(Analyzed.by(new InstallJsonAnalyzer(), ".meta/x/install.json", "{\"dist\": \"v5\"}")
                        .unknowns())
                .hasSize(1);
    }

    @Test
    void metadataBesideARecordTellsLicences() {
        var analyzed = Analyzed.by(new CpanMetadataAnalyzer(), "lib/perl5/x/.meta/Foo-Bar-1.10/MYMETA.json", METADATA);

        assertThat(analyzed.facts()).containsExactly(new Fact.Licenses(PackageType.CPAN, "Foo-Bar", List.of("perl_5")));
    }

    @Test
    void metadataElsewhereDeclares() {
        var analyzed = Analyzed.by(new CpanMetadataAnalyzer(), "src/Foo-Bar/META.json", METADATA);

        assertThat(analyzed.names()).containsExactly("Foo-Bar 1.10");
        assertThat(analyzed.packages().getFirst().evidence()).isEqualTo(Evidence.DECLARED);
        assertThat(analyzed.packages().getFirst().dependencies()).containsExactly("File-Spec");
    }

    @Test
    void metadataOfOthersIsSilent() {
        for (var text : List.of(
                "{\"name\": \"pair\", \"version\": \"0.1.0\", \"meta-spec\": {\"url\": \"https://pgxn.org/meta/spec.txt\"}}",
                "not JSON",
                "[\"CPAN::Meta\"]",
                "")) {
            var analyzed = Analyzed.by(new CpanMetadataAnalyzer(), "META.json", text);
            assertThat(analyzed.facts()).as(text).isEmpty();
            assertThat(analyzed.unknowns()).as(text).isEmpty();
        }
        assertThat(Analyzed.by(new CpanMetadataAnalyzer(), "META.json", METADATA.replace("}}}}", "}}"))
                        .unknowns())
                .hasSize(1);
    }

    @Test
    void ofALogTheLastVersionCounts() {
        var entry = """
                =head2 Thu Nov 26 17:51:21 2026: C<Module> L<Foo::Bar|Foo::Bar>

                =over 4

                =item *

                C<installed into: /usr/local/share/perl>

                =item *

                C<VERSION: %s>

                =back

                """;
        var analyzed = Analyzed.by(
                new PerlLocalAnalyzer(),
                "usr/lib/perl/perllocal.pod",
                entry.formatted("1.0") + entry.formatted("v1.2"));

        assertThat(analyzed.names()).containsExactly("Foo-Bar 1.2");
        assertThat(Analyzed.by(new PerlLocalAnalyzer(), "perllocal.pod", entry.formatted(""))
                        .unknowns())
                .containsExactly("a module whose name or version is none");
    }
}
