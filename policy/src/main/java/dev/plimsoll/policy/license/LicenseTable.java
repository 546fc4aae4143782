package dev.plimsoll.policy.license;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The categories of licences, and the versions that a licence has. Immutable.
///
/// Source: `license-categories.txt`, whose head says how it came to be.
final class LicenseTable {

    /// Exceptions that let what is linked or built with a copyleft work stay closed.
    ///
    /// Source: the texts of the exceptions in the SPDX licence list.
    private static final Set<String> OF_LINKING = Set.of(
            "Classpath-exception-2.0",
            "CLISP-exception-2.0",
            "eCos-exception-2.0",
            "FLTK-exception",
            "Font-exception-2.0",
            "freertos-exception-2.0",
            "GCC-exception-2.0",
            "GCC-exception-2.0-note",
            "GCC-exception-3.1",
            "GNAT-exception",
            "gnu-javamail-exception",
            "GNU-compiler-exception",
            "GPL-3.0-interface-exception",
            "GPL-3.0-linking-exception",
            "GPL-3.0-linking-source-exception",
            "i2p-gpl-java-exception",
            "KiCad-libraries-exception",
            "LGPL-3.0-linking-exception",
            "Linux-syscall-note",
            "LLVM-exception",
            "LZMA-exception",
            "mif-exception",
            "OCaml-LGPL-linking-exception",
            "OpenJDK-assembly-exception-1.0",
            "PS-or-PDF-font-exception-20170817",
            "Qt-GPL-exception-1.0",
            "Qt-LGPL-exception-1.1",
            "Qwt-exception-1.0",
            "SANE-exception",
            "SWI-exception",
            "Swift-exception",
            "u-boot-exception-2.0",
            "Universal-FOSS-exception-1.0",
            "WxWindows-exception-3.1");

    private static final String REFERENCE = "LicenseRef-";

    private static final Pattern VERSIONED = Pattern.compile("(.+)-([0-9]+(?:\\.[0-9]+)*)");

    static final LicenseTable KNOWN = new LicenseTable();

    private final Map<String, LicenseCategory> exact = new HashMap<>();
    private final Map<String, LicenseCategory> beginnings = new HashMap<>();
    /// The lengths of the beginnings, the longest first.
    private final SortedSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());
    private final Map<String, List<String>> later = new HashMap<>();

    private LicenseTable() {
        var versions = new HashMap<String, List<String>>();
        var words = new EnumMap<LicenseCategory, String>(LicenseCategory.class);
        for (var category : LicenseCategory.values()) {
            words.put(category, category.word());
        }
        for (var line : lines()) {
            var fields = List.of(line.split(" +", -1));
            var category = words.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(fields.getFirst()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no category: " + line))
                    .getKey();
            for (var id : fields.subList(1, fields.size())) {
                if (id.endsWith("*")) {
                    beginnings.put(id.substring(0, id.length() - 1), category);
                    lengths.add(id.length() - 1);
                } else {
                    exact.put(id, category);
                    version(id, versions);
                }
            }
        }
        versions.forEach((name, numbers) -> {
            numbers.sort(LicenseTable::byNumber);
            var ids = numbers.stream().map(number -> name + "-" + number).toList();
            for (int i = 0; i < ids.size(); i++) {
                later.put(ids.get(i), ids.subList(i, ids.size()));
            }
        });
    }

    private static void version(String id, Map<String, List<String>> versions) {
        var matcher = VERSIONED.matcher(id);
        if (matcher.matches()) {
            versions.computeIfAbsent(matcher.group(1), _ -> new ArrayList<>()).add(matcher.group(2));
        }
    }

    private static List<String> lines() {
        var name = "license-categories.txt";
        try (var in = Objects.requireNonNull(LicenseTable.class.getResourceAsStream(name), name);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The category of a licence; empty where the table does not have it.
    ///
    /// @param id of the SPDX list, with or without `-only`, `-or-later`
    Optional<LicenseCategory> category(String id) {
        var plain = plain(id);
        var found = exact.get(plain);
        if (found != null) {
            return Optional.of(found);
        }
        for (int length : lengths) {
            if (length <= plain.length()) {
                var beginning = beginnings.get(plain.substring(0, length));
                if (beginning != null) {
                    return Optional.of(beginning);
                }
            }
        }
        return Optional.empty();
    }

    /// The category of a reference, in any case; empty where the table does not have it.
    Optional<LicenseCategory> ofReference(String id) {
        return category(REFERENCE
                + id.substring(Math.min(id.length(), REFERENCE.length())).toLowerCase(Locale.ROOT));
    }

    /// The category of a licence with an exception: one of linking makes a strong copyleft a weak one.
    Optional<LicenseCategory> category(String id, String exception) {
        return category(id)
                .map(found -> found == LicenseCategory.STRONG_COPYLEFT && OF_LINKING.contains(exception)
                        ? LicenseCategory.WEAK_COPYLEFT
                        : found);
    }

    /// This version of a licence and all later ones, `GPL-2.0` and `GPL-3.0`; the licence alone where it has no
    /// versions.
    List<String> fromVersion(String plainId) {
        return later.getOrDefault(plainId, List.of(plainId));
    }

    /// Whether the licence stands for itself and all later versions.
    static boolean isOrLater(String id, boolean plus) {
        return plus || id.endsWith("-or-later");
    }

    /// Without `-only` and `-or-later`.
    static String plain(String id) {
        return id.endsWith("-only")
                ? id.substring(0, id.length() - "-only".length())
                : id.endsWith("-or-later") ? id.substring(0, id.length() - "-or-later".length()) : id;
    }

    private static int byNumber(String left, String right) {
        var lefts = left.split("\\.", -1);
        var rights = right.split("\\.", -1);
        for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
            int order = Integer.compare(Integer.parseInt(lefts[i]), Integer.parseInt(rights[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.length, rights.length);
    }

    /// Identifiers of the table without those that end in `*`, for tests.
    Set<String> identifiers() {
        return exact.keySet();
    }
}
