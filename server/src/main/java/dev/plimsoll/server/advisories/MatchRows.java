package dev.plimsoll.server.advisories;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/// Rows of matches as arrays for `unnest`: lists of texts go as one text with line feeds between them, because arrays
/// of
/// arrays must be rectangular.
final class MatchRows {

    /// What stands for a text that no id and no version has.
    static final String SEPARATOR = "\n";

    private final List<Integer> packages = new ArrayList<>();
    private final List<String> vulnerabilities = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> severities = new ArrayList<>();
    private final List<String> fixStates = new ArrayList<>();
    private final List<String> fixedIn = new ArrayList<>();
    private final List<String> suppressed = new ArrayList<>();
    private final List<String> fingerprints = new ArrayList<>();

    MatchRows(Collection<MatchRow> rows) {
        for (var row : rows) {
            packages.add(row.packageId());
            vulnerabilities.add(row.vulnerability());
            ids.add(joined(row.ids()));
            severities.add(row.severity());
            fixStates.add(row.fixState());
            fixedIn.add(joined(row.fixedIn()));
            suppressed.add(row.suppressed().orElse(""));
            fingerprints.add(row.fingerprint());
        }
    }

    private static String joined(List<String> texts) {
        return String.join(SEPARATOR, texts);
    }

    /// `:packages, :vulnerabilities, …` in this order.
    <T extends SqlStatement<T>> T bind(T statement) {
        return statement
                .bindArray("packages", Integer.class, packages)
                .bindArray("vulnerabilities", String.class, vulnerabilities)
                .bindArray("ids", String.class, ids)
                .bindArray("severities", String.class, severities)
                .bindArray("fix_states", String.class, fixStates)
                .bindArray("fixed_in", String.class, fixedIn)
                .bindArray("suppressed", String.class, suppressed)
                .bindArray("fingerprints", String.class, fingerprints);
    }

    /// The matches of packages that hold now, by package and id.
    static Map<Integer, Map<String, MatchRow>> now(org.jdbi.v3.core.Handle handle, Collection<Integer> packages) {
        var found = new HashMap<Integer, Map<String, MatchRow>>();
        handle.createQuery("""
                        select package_id, vulnerability, ids, severity, fix_state, fixed_in, suppressed,
                            encode(fingerprint, 'hex')
                        from match where package_id = any(:packages) and valid_to is null""")
                .bindArray("packages", Integer.class, List.copyOf(packages))
                .map((row, _) -> {
                    var match = new MatchRow(
                            row.getInt(1),
                            row.getString(2),
                            texts(row.getArray(3).getArray()),
                            row.getString(4),
                            row.getString(5),
                            texts(row.getArray(6).getArray()),
                            Optional.ofNullable(row.getString(7)),
                            row.getString(8));
                    return found.computeIfAbsent(match.packageId(), _ -> new HashMap<>())
                            .put(match.vulnerability(), match);
                })
                .list();
        return found;
    }

    static List<String> texts(Object array) {
        return Arrays.asList((String[]) array);
    }
}
