package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.database.DatabaseContent;
import java.io.IOException;

/// What rpm's databases say of the files of packages: digest, mode, whether it is a configuration file. Stateless: one
/// instance serves all threads.
public final class RpmFileClaimsAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "rpm-file-claims", 1, "rpm", DatabaseHeaders.PLACES)
            .gives("digests and modes of owned files")
            .limit("a database", DatabaseContent.MAX_BYTES, "bytes")
            .limit("a database", ClaimCollector.MAX_CLAIMS, "files")
            .source("rpm's manual, Tags: Basenames, Filedigests, Filemodes, Fileflags, Fileverifyflags, Filestates")
            .proof("rpm --verify")
            .onlyForVerification();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        DatabaseHeaders.read(file, new ClaimCollector(facts)::accept, facts);
    }
}
