package dev.plimsoll.advisory.osv;

import dev.plimsoll.advisory.AffectedImport;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What Go's vulnerability database says of the packages and functions that have a flaw. What is not written as it
/// should be counts as not said, so that nobody is acquitted by it.
///
/// Source: Go, "Go Vulnerability Database", `EcosystemSpecific`.
final class GoImports {

    /// In packages of one module, and in functions of one package.
    static final int MOST = 10_000;

    private GoImports() {}

    /// @param affected an entry of a record's `affected`
    static List<AffectedImport> of(JsonObject affected) {
        var specific = affected.object("ecosystem_specific");
        var written = specific.objects("imports");
        var imports = new ArrayList<AffectedImport>();
        for (var item : written) {
            var path = item.string("path").orElse("");
            if (path.isEmpty() || !isWhole(item)) {
                return List.of();
            }
            imports.add(
                    new AffectedImport(path, item.strings("symbols"), item.strings("goos"), item.strings("goarch")));
        }
        return written.size() == specific.array("imports").size() && written.size() <= MOST ? imports : List.of();
    }

    private static boolean isWhole(JsonObject item) {
        for (var list : List.of("symbols", "goos", "goarch")) {
            var size = item.array(list).size();
            if (size > MOST || size != item.strings(list).size()) {
                return false;
            }
        }
        return true;
    }
}
