package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.database.DatabaseDifference;
import dev.plimsoll.purl.Ecosystem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Which distinct packages a difference of the data may matter to: the inverted index.
final class AffectedPackages {

    /// In names or ids, of one question.
    private static final int CHUNK = 10_000;

    private AffectedPackages() {}

    /// The packages that must be matched again: never fewer than those whose matches change.
    ///
    /// @param difference empty for the first revision
    static SortedSet<Integer> toMatch(Handle handle, Optional<DatabaseDifference> difference) {
        var found = new TreeSet<Integer>();
        if (difference.isEmpty()) {
            found.addAll(handle.createQuery("select id from package")
                    .mapTo(Integer.class)
                    .list());
            return found;
        }
        for (var chunk : chunks(difference.get().packages())) {
            found.addAll(bySearch(
                    handle,
                    chunk.stream().map(change -> change.ecosystem().toString()).toList(),
                    chunk.stream().map(DatabaseDifference.PackageChange::name).toList()));
        }
        for (var chunk : chunks(difference.get().ids())) {
            found.addAll(handle.createQuery(
                            "select distinct package_id from match where ids && :ids::text[] and valid_to is null")
                    .bindArray("ids", String.class, chunk)
                    .mapTo(Integer.class)
                    .list());
        }
        for (var ecosystem : difference.get().coverage()) {
            found.addAll(of(handle, ecosystem));
        }
        return found;
    }

    /// The packages that are looked up under one of the names.
    static List<Integer> bySearch(Handle handle, List<String> ecosystems, List<String> names) {
        return handle.createQuery("""
                        select distinct s.package_id
                        from unnest(:ecosystems, :names) as asked (ecosystem, name)
                            join package_search s on s.ecosystem = asked.ecosystem and s.name = asked.name""")
                .bindArray("ecosystems", String.class, ecosystems)
                .bindArray("names", String.class, names)
                .mapTo(Integer.class)
                .list();
    }

    /// The packages of images of a release, or of a type.
    static List<Integer> of(Handle handle, Ecosystem ecosystem) {
        return switch (ecosystem) {
            case Ecosystem.OfRelease(var release) -> packages(handle, "release = :value", release.toString());
            case Ecosystem.OfLanguage(var type) -> packages(handle, "type = :value", type.purlType());
        };
    }

    private static List<Integer> packages(Handle handle, String condition, String value) {
        return handle.createQuery("select id from package where " + condition)
                .bind("value", value)
                .mapTo(Integer.class)
                .list();
    }

    static <T> List<List<T>> chunks(Collection<T> all) {
        var list = List.copyOf(all);
        var chunks = new ArrayList<List<T>>();
        for (int from = 0; from < list.size(); from += CHUNK) {
            chunks.add(list.subList(from, Math.min(list.size(), from + CHUNK)));
        }
        return chunks;
    }
}
