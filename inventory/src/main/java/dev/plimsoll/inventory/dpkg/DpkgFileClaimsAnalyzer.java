package dev.plimsoll.inventory.dpkg;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What dpkg and opkg say of the contents of packages' files: `info/PACKAGE.md5sums`, and in the status file the
/// configuration files as they came.
///
/// Source: deb-md5sums(5); deb-control(5) and dpkg(1), field `Conffiles`. Stateless: one instance serves all threads.
public final class DpkgFileClaimsAnalyzer implements Analyzer {

    private static final String SUMS = ".md5sums";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{32})  (.+)");

    /// A path, its digest and what became of it: `obsolete`, `remove-on-upgrade`.
    private static final Pattern CONFIGURATION = Pattern.compile("/(.+?) ([0-9a-f]{32}|[0-9a-f]{64})( [a-z-]+)*");

    private static final int SHA256_DIGITS = 64;

    /// In claims of one file.
    static final int MAX_CLAIMS = 500_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "dpkg-file-claims",
                    1,
                    "Debian",
                    WantedPaths.of(
                            "var/lib/dpkg/{status,info/*.md5sums,status.d/*.md5sums}",
                            "{usr/lib,var/lib,opt/lib}/opkg/status"))
            .gives("digests of owned files")
            .limit("a line", ControlRecords.MAX_LINE, "bytes")
            .limit("a file", MAX_CLAIMS, "digests")
            .source("deb-md5sums(5); dpkg(1)")
            .proof("dpkg --verify")
            .onlyForVerification();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        if (file.path().endsWith(SUMS)) {
            sums(file, facts);
        } else {
            configuration(file, facts);
        }
    }

    private static void sums(LayerFile file, FactSink facts) throws IOException {
        var name = file.path().substring(file.path().lastIndexOf('/') + 1);
        var key = name.substring(0, name.length() - SUMS.length());
        var lines = new LineReader(file.content(), DpkgOwnedFilesAnalyzer.MAX_LINE);
        var claims = new ArrayList<FileClaim>();
        var reading = true;
        while (reading) {
            switch (lines.next()) {
                case Line.Text _
                when claims.size() == MAX_CLAIMS -> {
                    facts.unknown("", "over " + MAX_CLAIMS + " digests; the rest was not read");
                    reading = false;
                }
                case Line.Text(var number, var text) -> {
                    var sum = SUM.matcher(text);
                    if (sum.matches()) {
                        claims.add(FileClaim.ofDigest(withoutSlash(sum.group(2)), "md5", sum.group(1), false));
                    } else if (!text.isBlank()) {
                        facts.unknown("line " + number, "not a digest and a path");
                    }
                }
                case Line.TooLong(var number) ->
                    facts.unknown("line " + number, "line over " + DpkgOwnedFilesAnalyzer.MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        facts.add(new Fact.FileClaims(PackageType.DEB, key, List.copyOf(claims)));
    }

    private static String withoutSlash(String path) {
        var start = path.startsWith("./") ? 2 : path.startsWith("/") ? 1 : 0;
        return path.substring(start);
    }

    private static void configuration(LayerFile file, FactSink facts) throws IOException {
        var fields = Set.of("package", "architecture", "multi-arch", "status");
        var count = new int[1];
        new ControlRecords(file.content(), fields, Set.of("conffiles"), facts).forEach(found -> {
            var claims = found.continued().getOrDefault("conffiles", List.of()).stream()
                    .flatMap(line -> claim(line).stream())
                    .toList();
            if (claims.isEmpty()) {
                return true;
            }
            count[0] += claims.size();
            if (count[0] > MAX_CLAIMS) {
                facts.unknown("", "over " + MAX_CLAIMS + " digests; the rest was not read");
                return false;
            }
            facts.add(new Fact.FileClaims(PackageType.DEB, DebianPackages.key(found), claims));
            return true;
        });
    }

    /// None where the file is no longer the package's, or its digest is `newconffile`.
    private static Optional<FileClaim> claim(String line) {
        var found = CONFIGURATION.matcher(line);
        return found.matches()
                ? Optional.of(FileClaim.ofDigest(
                        found.group(1),
                        found.group(2).length() == SHA256_DIGITS ? "sha256" : "md5",
                        found.group(2),
                        true))
                : Optional.empty();
    }
}
