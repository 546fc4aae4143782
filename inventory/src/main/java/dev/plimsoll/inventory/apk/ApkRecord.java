package dev.plimsoll.inventory.apk;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// One package of the installed database: lines of one letter, a colon and a value. `F:` names a folder, and `R:` a
/// file in the folder named last.
///
/// Names of dependencies are those of packages, or what packages provide: `so:libz.so.1`, `cmd:awk`, `pc:zlib`.
final class ApkRecord {

    private static final Pattern BLANK = Pattern.compile(" +");

    /// Where a version, its comparison or a repository begins.
    private static final Pattern VERSION = Pattern.compile("[<>=~@].*");

    /// In names of one package; the largest have some hundred.
    static final int MAX_RELATIONS = 20_000;

    /// In characters.
    private static final int MAX_PROPERTY = 1000;

    private final EnumMap<PackageProperty, String> properties = new EnumMap<>(PackageProperty.class);
    private List<String> dependencies = List.of();
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
            case 'D' -> dependencies = names(value);
            case 'p' -> put(PackageProperty.PROVIDES, String.join(" ", names(value)));
            case 'm' -> put(PackageProperty.MAINTAINER, value);
            case 'U' -> put(PackageProperty.HOMEPAGE, value);
            case 'T' -> put(PackageProperty.SUMMARY, value);
            case 'F' -> folder = value;
            case 'R' -> files.add(folder.isEmpty() ? value : folder + "/" + value);
            default -> {
                // digests, sizes and what later versions add
            }
        }
        return true;
    }

    private void put(PackageProperty property, String value) {
        if (!value.isBlank() && (property == PackageProperty.PROVIDES || value.length() <= MAX_PROPERTY)) {
            properties.put(property, value.strip());
        }
    }

    /// Without versions, and without what the package conflicts with.
    static List<String> names(String value) {
        var names = new LinkedHashSet<String>();
        for (var part : BLANK.split(value.strip(), MAX_RELATIONS)) {
            var name = VERSION.matcher(part).replaceFirst("");
            if (!name.isEmpty() && !name.startsWith("!") && name.indexOf(' ') < 0) {
                names.add(name);
            }
        }
        return List.copyOf(names);
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
                List.of(),
                dependencies,
                properties,
                ""));
        return 1;
    }
}
