package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.database.DatabaseContent;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Packages that rpm recorded as installed, in its databases of the kinds SQLite, Berkeley DB and ndb. Stateless: one
/// instance serves all threads.
public final class RpmDatabaseAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "rpm-database", 2, "rpm", DatabaseHeaders.PLACES)
            .yields(PackageType.RPM)
            .gives("epoch (none is not 0), source rpm, architecture, modularity, vendor, licence, owned files,"
                    + " dependencies")
            .limit("a database", DatabaseContent.MAX_BYTES, "bytes")
            .limit("a header", RpmHeader.MAX_BYTES, "bytes")
            .limit("a database", HeaderCollector.MAX_PACKAGES, "packages")
            .limit("a package", HeaderCollector.MAX_FILES, "paths")
            .limit("a package", PackageRelations.MAX_NAMES, "dependencies")
            .source("rpm's manual, Header format and Tags; rpm, lib/backend; Berkeley DB 5.3, db_page.h")
            .proof("rpm (SQLite, Berkeley DB), db_load; ndb written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        DatabaseHeaders.read(file, new HeaderCollector(facts)::accept, facts);
    }
}
