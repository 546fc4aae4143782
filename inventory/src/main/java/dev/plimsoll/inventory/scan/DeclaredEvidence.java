package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.analysis.AnalysisSettings.DeclaredPackages;
import dev.plimsoll.inventory.scan.Assembly.LayerFound;
import dev.plimsoll.purl.PackageUrl;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which files that only declare packages (lock files and the like) count. In an image a lock file mostly tells what
/// the installed packages tell better, or belongs to somebody's test data; but it may be the only evidence of what was
/// compiled or packed into an application.
final class DeclaredEvidence {

    /// Folders of packages that others made, and of test data: a lock file there tells of their development.
    private static final Set<String> FOREIGN = Set.of(
            "node_modules",
            "bower_components",
            "site-packages",
            "dist-packages",
            "gems",
            "vendor",
            "registry",
            "pkg",
            "doc",
            "docs",
            "test",
            "tests",
            "testdata",
            "fixtures",
            "__tests__",
            "spec",
            "examples",
            "example",
            "template",
            "templates",
            ".git");

    private final Map<String, Boolean> counting = new HashMap<>();

    /// @param visible evidence of all kinds
    DeclaredEvidence(DeclaredPackages asked, List<LayerFound> visible) {
        if (asked == DeclaredPackages.NEVER) {
            return;
        }
        var installed = asked == DeclaredPackages.AUTO ? installed(visible) : Set.<String>of();
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                if (fact instanceof PackageFound found && found.evidence() == Evidence.DECLARED) {
                    var path = evidence.found().path();
                    var counts = asked == DeclaredPackages.ALWAYS
                            || (!isForeign(path) && !installed.contains(identity(found)));
                    counting.merge(path, counts, Boolean::logicalAnd);
                }
            }
        }
    }

    private static Set<String> installed(List<LayerFound> visible) {
        var installed = new HashSet<String>();
        for (var evidence : visible) {
            for (var fact : evidence.found().facts()) {
                if (fact instanceof PackageFound found && found.evidence() == Evidence.INSTALLED) {
                    installed.add(identity(found));
                }
            }
        }
        return installed;
    }

    private static String identity(PackageFound found) {
        return found.type() + " " + found.namespace() + " " + PackageUrl.comparableName(found.type(), found.name())
                + " " + found.version();
    }

    private static boolean isForeign(String path) {
        int from = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
            if (FOREIGN.contains(path.substring(from, slash))) {
                return true;
            }
            from = slash + 1;
        }
        return false;
    }

    /// Whether what this file declares is a package of the image.
    boolean counts(String path) {
        return counting.getOrDefault(path, false);
    }
}
