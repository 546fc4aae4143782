package dev.plimsoll.inventory.perl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cpanm itself: it installs a distribution from a mirror of its own in a folder.
class CpanmOracleTest {

    private static final String BUILD = """
            set -e
            command -v cpanm >/dev/null || exit 127
            mkdir -p Foo-Bar-1.10/lib/Foo mirror/authors/id/A/AU/AUTHOR mirror/modules
            printf 'package Foo::Bar;\\nour $VERSION = "1.10";\\n1;\\n' > Foo-Bar-1.10/lib/Foo/Bar.pm
            echo 'use ExtUtils::MakeMaker; WriteMakefile(NAME => "Foo::Bar", VERSION_FROM => "lib/Foo/Bar.pm", LICENSE => "perl_5");' > Foo-Bar-1.10/Makefile.PL
            printf 'Makefile.PL\\nlib/Foo/Bar.pm\\n' > Foo-Bar-1.10/MANIFEST
            tar -czf mirror/authors/id/A/AU/AUTHOR/Foo-Bar-1.10.tar.gz Foo-Bar-1.10
            printf 'File: 02packages.details.txt\\nURL: x\\nDescription: x\\nColumns: package name, version, path\\nIntended-For: x\\nWritten-By: x\\nLine-Count: 1\\nLast-Updated: Thu, 26 Nov 2026 00:00:00 GMT\\n\\nFoo::Bar 1.10  A/AU/AUTHOR/Foo-Bar-1.10.tar.gz\\n' | gzip > mirror/modules/02packages.details.txt.gz
            PERL_CPANM_HOME=$PWD/home cpanm -q -n -l "$PWD/local" --mirror "file://$PWD/mirror" --mirror-only Foo::Bar
            PERL5LIB=$PWD/local/lib/perl5 perl -MFoo::Bar -e 'print "version $Foo::Bar::VERSION\\n"'
            """;

    @Test
    void findsWhatCpanmInstalls(@TempDir Path folder) throws IOException, InterruptedException {
        var answers = RealImage.answers(folder, List.of("sh", "-c", BUILD));
        assertThat(answers).contains("version 1.10");

        var found = new TreeSet<String>();
        var licenses = new ArrayList<Fact.Licenses>();
        try (var files = Files.walk(folder.resolve("local"))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = folder.relativize(file).toString();
                for (var analyzer :
                        List.of(new InstallJsonAnalyzer(), new PerlLocalAnalyzer(), new CpanMetadataAnalyzer())) {
                    if (analyzer.wanted().wants(path, 0644, 1)) {
                        var analyzed = Analyzed.by(analyzer, path, Files.readAllBytes(file));
                        analyzed.names().forEach(name -> found.add(analyzer.id() + " " + name));
                        licenses.addAll(analyzed.all(Fact.Licenses.class));
                        assertThat(analyzed.unknowns()).isEmpty();
                    }
                }
            }
        }
        assertThat(found).containsExactly("cpan-install/1 Foo-Bar 1.10", "perl-local/1 Foo-Bar 1.10");
        assertThat(licenses).containsExactly(new Fact.Licenses(PackageType.CPAN, "Foo-Bar", List.of("perl_5")));
    }
}
