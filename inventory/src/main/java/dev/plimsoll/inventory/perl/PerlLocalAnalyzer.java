package dev.plimsoll.inventory.perl;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The log that `make install` of Perl's modules appends to: `perllocal.pod`. Of a module that was installed several
/// times the last version counts.
///
/// Source: ExtUtils::MakeMaker, `doc_install`; ExtUtils::Command::MM, `perllocal_install`: `=head2 DATE: C<Module>
/// L<Name|Name>`, `C<VERSION: 1.0>`. Stateless: one instance serves all threads.
public final class PerlLocalAnalyzer implements Analyzer {

    private static final Pattern MODULE = Pattern.compile("=head2 .*C<Module> L<([^|>]+)(?:\\|[^>]*)?>");
    private static final Pattern VERSION = Pattern.compile("C<VERSION: ([^>]*)>");

    /// In bytes.
    static final int MAX_LINE = 64 << 10;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "perl-local", 1, "Perl", WantedPaths.of("**/perllocal.pod"))
            .yields(PackageType.CPAN)
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("ExtUtils::MakeMaker, perllocal.pod")
            .proof("make install of ExtUtils::MakeMaker");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        Map<String, String> versions = new LinkedHashMap<>();
        var module = "";
        for (var reading = true; reading; ) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    var heading = MODULE.matcher(text);
                    var version = VERSION.matcher(text);
                    if (heading.lookingAt()) {
                        module = heading.group(1);
                    } else if (version.lookingAt() && !module.isEmpty()) {
                        var name = DistributionNames.ofModule(module);
                        if (versions.size() < ListedPackages.MAX_PACKAGES || versions.containsKey(name)) {
                            versions.put(name, version.group(1).strip());
                        } else {
                            facts.unknown(
                                    "", "over " + ListedPackages.MAX_PACKAGES + " packages; the rest was not read");
                            reading = false;
                        }
                        module = "";
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        var packages = new ListedPackages(facts);
        versions.forEach((name, version) -> {
            if (DistributionNames.isName(name) && ListedPackages.isWord(version)) {
                packages.add(DistributionNames.found(name, version, List.of()));
            } else {
                facts.unknown("", "a module whose name or version is none");
            }
        });
    }
}
