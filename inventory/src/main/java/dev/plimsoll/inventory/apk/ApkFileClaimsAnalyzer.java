package dev.plimsoll.inventory.apk;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What apk's database says of the files of packages: `Z:` their digest, `a:` owner and mode.
///
/// Source: Alpine wiki, "Apk spec", "Installed Database V2"; apk-tools, `src/database.c`: a file without `a:` has mode
/// 0644; `Q1` stands before a SHA-1 and `Q2` before a SHA-256, both in Base64; of a symbolic link it is that of its
/// target; what lies in /etc is protected as configuration. Modes of folders are not compared: several packages may
/// claim one. Stateless: one instance serves all threads.
public final class ApkFileClaimsAnalyzer implements Analyzer {

    /// In files of all packages.
    static final int MAX_CLAIMS = 1_000_000;

    private static final int DEFAULT_MODE = 0644;
    private static final int BITS = 07777;
    private static final Pattern MODE = Pattern.compile("[0-9]+:[0-9]+:([0-7]{1,6})");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "apk-file-claims", 1, "Alpine", WantedPaths.of(PackageDatabases.APK.toArray(String[]::new)))
            .gives("digests and modes of owned files")
            .limit("a line", ApkDatabaseAnalyzer.MAX_LINE, "bytes")
            .limit("a database", MAX_CLAIMS, "files")
            .source("Alpine wiki, Apk spec; apk-tools, src/database.c")
            .proof("written from the source")
            .onlyForVerification();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), ApkDatabaseAnalyzer.MAX_LINE);
        var claims = new Claims(facts);
        while (true) {
            switch (lines.next()) {
                case Line.Text(var _, var text) when text.isEmpty() -> claims.finishPackage();
                case Line.Text(var _, var text) -> {
                    if (text.length() > 1
                            && text.charAt(1) == ':'
                            && !claims.accept(text.charAt(0), text.substring(2))) {
                        facts.unknown("", "over " + MAX_CLAIMS + " files; the rest was not read for verification");
                        return;
                    }
                }
                case Line.TooLong(var number) ->
                    facts.unknown("line " + number, "line over " + ApkDatabaseAnalyzer.MAX_LINE + " bytes");
                case Line.End() -> {
                    claims.finishPackage();
                    return;
                }
            }
        }
    }

    /// Those of the package that is being read.
    private static final class Claims {

        private final FactSink facts;
        private final List<FileClaim> found = new ArrayList<>();
        private String name = "";
        private String folder = "";
        private String path = "";
        private int mode = DEFAULT_MODE;
        private String checksum = "";
        private int count;

        Claims(FactSink facts) {
            this.facts = facts;
        }

        /// @return whether more can be taken
        boolean accept(char field, String value) {
            switch (field) {
                case 'P' -> name = value.strip();
                case 'F' -> {
                    finishFile();
                    folder = value;
                }
                case 'R' -> {
                    finishFile();
                    path = folder.isEmpty() ? value : folder + "/" + value;
                    count++;
                }
                case 'Z' -> checksum = value.strip();
                case 'a' -> {
                    var said = MODE.matcher(value.strip());
                    mode = said.matches() ? Integer.parseInt(said.group(1), 8) & BITS : mode;
                }
                default -> {
                    // what the other analyzer reads
                }
            }
            return count <= MAX_CLAIMS;
        }

        private void finishFile() {
            if (!path.isEmpty()) {
                var sha1 = digest("Q1", 20);
                var sha256 = digest("Q2", 32);
                found.add(new FileClaim(
                        path,
                        sha1.isEmpty() ? sha256.isEmpty() ? "" : "sha256" : "sha1",
                        sha1.isEmpty() ? sha256 : sha1,
                        OptionalInt.of(mode),
                        path.startsWith("etc/"),
                        false));
            }
            path = "";
            checksum = "";
            mode = DEFAULT_MODE;
        }

        private String digest(String prefix, int length) {
            if (!checksum.startsWith(prefix)) {
                return "";
            }
            try {
                var bytes = Base64.getDecoder().decode(checksum.substring(prefix.length()));
                return bytes.length == length ? HexFormat.of().formatHex(bytes) : "";
            } catch (IllegalArgumentException e) {
                return ""; // no digest that is known here
            }
        }

        void finishPackage() {
            finishFile();
            if (!name.isEmpty() && !found.isEmpty()) {
                facts.add(new Fact.FileClaims(PackageType.APK, name, List.copyOf(found)));
            }
            found.clear();
            name = "";
            folder = "";
        }
    }
}
