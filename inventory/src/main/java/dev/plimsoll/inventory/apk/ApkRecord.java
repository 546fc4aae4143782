package dev.plimsoll.inventory.apk;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One package of the installed database: lines of one letter, a colon and a value. `F:` names a folder, and `R:` a
/// file in the folder named last.
final class ApkRecord {

    private final List<String> files = new ArrayList<>();
    private String name = "";
    private String version = "";
    private String architecture = "";
    private String origin = "";
    private String license = "";
    private String folder = "";
    private int firstLine;

    /// Whether the line belongs into a record.
    boolean accept(int number, String line) {
        if (line.length() < 2 || line.charAt(1) != ':') {
            return false;
        }
        if (firstLine == 0) {
            firstLine = number;
        }
        var value = line.substring(2);
        switch (line.charAt(0)) {
            case 'P' -> name = value.strip();
            case 'V' -> version = value.strip();
            case 'A' -> architecture = value.strip();
            case 'o' -> origin = value.strip();
            case 'L' -> license = value.strip();
            case 'F' -> folder = value;
            case 'R' -> files.add(folder.isEmpty() ? value : folder + "/" + value);
            default -> {
                // digests, sizes, dependencies and what later versions add
            }
        }
        return true;
    }

    /// @return how many packages it gave
    int finish(FactSink facts) {
        if (firstLine == 0) {
            return 0;
        }
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown(
                    "line " + firstLine,
                    name.isEmpty() ? "a record without a package" : "package " + name + " has no version");
            return 0;
        }
        var qualifiers = new TreeMap<String, String>();
        if (!architecture.isEmpty()) {
            qualifiers.put("arch", architecture);
        }
        if (!origin.isEmpty() && !origin.equals(name)) {
            qualifiers.put("upstream", origin);
        }
        facts.add(new PackageFound(
                PackageType.APK,
                "",
                name,
                version,
                Optional.of(new SourcePackage(origin.isEmpty() ? name : origin, version)),
                architecture,
                "",
                Evidence.INSTALLED,
                name,
                qualifiers,
                license.isEmpty() ? List.of() : List.of(license),
                files,
                ""));
        return 1;
    }
}
