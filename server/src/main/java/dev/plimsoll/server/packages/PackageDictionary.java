package dev.plimsoll.server.packages;

import dev.plimsoll.matching.DistinctPackage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The rows of distinct packages. A row is there for ever: it is a fact, whoever has the package.
public final class PackageDictionary {

    /// The ecosystem under which the index of look-ups holds the products that a package may be.
    public static final String PRODUCTS = "product";

    private PackageDictionary() {}

    /// What became of packages that were looked up or added.
    ///
    /// @param ids of all of them
    /// @param fresh those that were added by this call: their matches are to be made in the same transaction
    public record Known(Map<DistinctPackage, Integer> ids, Map<Integer, DistinctPackage> fresh) {}

    /// Finds packages, and adds those that are not there, with the names under which advisories are looked up for them.
    /// Rows are added in the order of their digests, so that no two transactions wait for each other in a circle.
    public static Known ensure(Handle handle, Collection<DistinctPackage> packages) {
        var byDigest = new TreeMap<String, DistinctPackage>();
        packages.forEach(item -> byDigest.put(PackageContext.digest(item), item));
        var ids = find(handle, byDigest.keySet());
        var missing = new TreeMap<>(byDigest);
        missing.keySet().removeAll(ids.keySet());
        var fresh = new HashMap<Integer, DistinctPackage>();
        if (!missing.isEmpty()) {
            insert(handle, missing).forEach((digest, id) -> fresh.put(id, byDigest.get(digest)));
            index(handle, fresh);
            // others may have added some of them meanwhile
            ids.putAll(find(handle, missing.keySet()));
        }
        var known = new HashMap<DistinctPackage, Integer>();
        byDigest.forEach((digest, item) -> known.put(item, ids.get(digest)));
        return new Known(known, fresh);
    }

    private static Map<String, Integer> find(Handle handle, Collection<String> digests) {
        var found = new HashMap<String, Integer>();
        handle.createQuery("""
                        select encode(p.digest, 'hex') as digest, p.id
                        from unnest(:digests) as asked (digest) join package p on p.digest = decode(asked.digest, 'hex')""")
                .bindArray("digests", String.class, List.copyOf(digests))
                .map((row, _) -> found.put(row.getString(1), row.getInt(2)))
                .list();
        return found;
    }

    private static Map<String, Integer> insert(Handle handle, Map<String, DistinctPackage> missing) {
        var releases = new ArrayList<String>();
        var purls = new ArrayList<String>();
        var types = new ArrayList<String>();
        var names = new ArrayList<String>();
        var versions = new ArrayList<String>();
        var contexts = new ArrayList<String>();
        for (var item : missing.values()) {
            releases.add(PackageContext.release(item));
            purls.add(item.purl().toString());
            types.add(item.type().purlType());
            names.add(PackageContext.column(item.name()));
            versions.add(PackageContext.column(item.version()));
            contexts.add(PackageContext.context(item));
        }
        var added = new HashMap<String, Integer>();
        handle.createQuery("""
                        insert into package (digest, release, purl, type, name, version, context)
                        select decode(digest, 'hex'), release, purl, type, name, version, context
                        from unnest(:digests, :releases, :purls, :types, :names, :versions, :contexts)
                            as item (digest, release, purl, type, name, version, context)
                        order by digest
                        on conflict (digest) do nothing
                        returning encode(digest, 'hex'), id""")
                .bindArray("digests", String.class, List.copyOf(missing.keySet()))
                .bindArray("releases", String.class, releases)
                .bindArray("purls", String.class, purls)
                .bindArray("types", String.class, types)
                .bindArray("names", String.class, names)
                .bindArray("versions", String.class, versions)
                .bindArray("contexts", String.class, contexts)
                .map((row, _) -> added.put(row.getString(1), row.getInt(2)))
                .list();
        return added;
    }

    private static void index(Handle handle, Map<Integer, DistinctPackage> fresh) {
        var ecosystems = new ArrayList<String>();
        var names = new ArrayList<String>();
        var ids = new ArrayList<Integer>();
        fresh.forEach((id, item) -> {
            item.lookUps().forEach(lookUp -> {
                ecosystems.add(lookUp.ecosystem().toString());
                names.add(PackageContext.column(lookUp.name()));
                ids.add(id);
            });
            item.products().forEach(product -> {
                ecosystems.add(PRODUCTS);
                names.add(product);
                ids.add(id);
            });
        });
        handle.createUpdate("""
                        insert into package_search (ecosystem, name, package_id)
                        select ecosystem, name, package_id
                        from unnest(:ecosystems, :names, :ids) as item (ecosystem, name, package_id)""")
                .bindArray("ecosystems", String.class, ecosystems)
                .bindArray("names", String.class, names)
                .bindArray("ids", Integer.class, ids)
                .execute();
    }

    /// The packages of these ids.
    public static Map<Integer, DistinctPackage> load(Handle handle, Collection<Integer> ids) {
        var found = new TreeMap<Integer, DistinctPackage>();
        handle.createQuery("""
                        select p.id, p.release, p.purl, p.type, p.name, p.version, p.context
                        from package p where p.id = any(:ids)""")
                .bindArray("ids", Integer.class, List.copyOf(ids))
                .map((row, _) -> found.put(
                        row.getInt(1),
                        PackageContext.read(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7))))
                .list();
        return found;
    }
}
