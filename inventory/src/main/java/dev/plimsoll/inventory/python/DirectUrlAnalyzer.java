package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a distribution of Python came from that was not taken from an index: a repository and its commit, an archive
/// and its digest, a folder in which it is edited.
///
/// Source: PyPA, "Recording the Direct URL Origin of installed distributions" and "Direct URL Data Structure". Names
/// and passwords in addresses are left out. Stateless: one instance serves all threads.
public final class DirectUrlAnalyzer implements Analyzer {

    private static final String FOLDER = "file://";

    private static final Pattern COMMIT = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern SYSTEM = Pattern.compile("[a-z]{1,20}");

    /// Of an address with a name before its host: all but `git`, which is nobody's.
    private static final Pattern USER = Pattern.compile("(?<=://)(?!git@)[^/@]*@");

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{32,128}");

    /// Strongest first.
    private static final List<String> ALGORITHMS = List.of("sha512", "sha256", "sha1");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-direct-url", 1, "Python", WantedPaths.of("**/*.dist-info/direct_url.json"))
            .gives("repository and commit, address and digest of an archive, folder of an editable installation")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .source("PyPA, Direct URL Data Structure")
            .proof("pip");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var document = DocumentFile.json(file, facts);
        if (document.isEmpty()) {
            return;
        }
        var address =
                USER.matcher(document.get().string("url").orElse("").strip()).replaceFirst("");
        if (address.isEmpty()) {
            facts.unknown("", "it names no url");
            return;
        }
        var properties = ListedPackages.properties(properties(document.get(), address));
        if (!properties.isEmpty()) {
            facts.add(new Fact.Properties(PackageType.PYPI, DistributionFolder.of(file.path()), properties));
        }
    }

    private static Map<PackageProperty, String> properties(JsonObject document, String address) {
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        var repository = document.object("vcs_info");
        var commit = repository.string("commit_id").orElse("");
        var system = repository.string("vcs").orElse("");
        if (COMMIT.matcher(commit).matches() && SYSTEM.matcher(system).matches()) {
            properties.put(PackageProperty.VCS, system + "+" + address + "@" + commit);
            return properties;
        }
        if (document.object("dir_info")
                        .get("editable")
                        .filter(new JsonBoolean(true)::equals)
                        .isPresent()
                && address.startsWith(FOLDER)) {
            properties.put(PackageProperty.EDITABLE_FROM, address.substring(FOLDER.length()));
        }
        if (document.get("archive_info").isPresent()) {
            if (!address.startsWith(FOLDER)) {
                properties.put(PackageProperty.DOWNLOAD, address); // a folder of the builder's is no such place
            }
            properties.put(PackageProperty.DIGEST, digest(document.object("archive_info")));
        }
        return properties;
    }

    /// `hash` is what older installers wrote.
    private static String digest(JsonObject archive) {
        var hashes = archive.object("hashes");
        for (var algorithm : ALGORITHMS) {
            var digest = hashes.string(algorithm).orElse("");
            if (HEXADECIMAL.matcher(digest).matches()) {
                return algorithm + ":" + digest;
            }
        }
        var older = archive.string("hash").orElse("");
        var equals = older.indexOf('=');
        return equals > 0
                        && ALGORITHMS.contains(older.substring(0, equals))
                        && HEXADECIMAL.matcher(older.substring(equals + 1)).matches()
                ? older.substring(0, equals) + ":" + older.substring(equals + 1)
                : "";
    }
}
