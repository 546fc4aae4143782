package dev.plimsoll.inventory.pacman;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// What pacman says of the configuration files of packages: their MD5 as they came. The digests of other files lie in
/// a packed `mtree`, which is not read.
///
/// Source: libalpm, `lib/libalpm/be_local.c`, section `%BACKUP%`. Stateless: one instance serves all threads.
public final class PacmanFileClaimsAnalyzer implements Analyzer {

    private static final Pattern BACKUP = Pattern.compile("(.+)\\t([0-9a-f]{32})");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "pacman-file-claims", 1, "Arch Linux", WantedPaths.of("var/lib/pacman/local/*/files"))
            .gives("digests of configuration files")
            .limit("a file", DescriptionSections.MAX_LINES, "lines")
            .source("libalpm, lib/libalpm/be_local.c")
            .proof("written from the source")
            .onlyForVerification();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var folder = file.path().substring(0, file.path().lastIndexOf('/'));
        var claims = new ArrayList<FileClaim>();
        for (var line : DescriptionSections.read(file.content(), facts).lines("BACKUP")) {
            var backup = BACKUP.matcher(line);
            if (backup.matches()) {
                claims.add(FileClaim.ofDigest(backup.group(1), "md5", backup.group(2), true));
            }
        }
        facts.add(new Fact.FileClaims(PackageType.ALPM, folder.substring(folder.lastIndexOf('/') + 1), claims));
    }
}
