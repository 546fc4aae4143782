package dev.plimsoll.server.packages;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The packages of images, as sets that images share: one for each layer that brought packages. Images on one base have
/// the sets of its layers in common, as long as nothing above them takes a package away.
public final class PackageSets {

    private PackageSets() {}

    /// Says which packages an image has. What is said already is not written again.
    ///
    /// @param byLayer ids of distinct packages; the same package may stand in several
    public static void store(Handle handle, long imageId, Collection<? extends SortedSet<Integer>> byLayer) {
        var sets = new TreeMap<String, SortedSet<Integer>>();
        byLayer.stream().filter(set -> !set.isEmpty()).forEach(set -> sets.put(digest(set), set));
        var known = find(handle, sets.keySet());
        var missing = new TreeMap<>(sets);
        missing.keySet().removeAll(known.keySet());
        if (!missing.isEmpty()) {
            insert(handle, missing);
            known.putAll(find(handle, missing.keySet()));
        }
        handle.createUpdate("delete from image_package_set where image_id = :image and package_set_id <> all(:sets)")
                .bind("image", imageId)
                .bindArray("sets", Integer.class, List.copyOf(known.values()))
                .execute();
        handle.createUpdate("""
                        insert into image_package_set (image_id, package_set_id)
                        select :image, id from unnest(:sets) as item (id)
                        on conflict do nothing""")
                .bind("image", imageId)
                .bindArray("sets", Integer.class, List.copyOf(known.values()))
                .execute();
    }

    private static Map<String, Integer> find(Handle handle, Collection<String> digests) {
        var found = new TreeMap<String, Integer>();
        handle.createQuery("""
                        select encode(s.digest, 'hex'), s.id
                        from unnest(:digests) as asked (digest)
                            join package_set s on s.digest = decode(asked.digest, 'hex')""")
                .bindArray("digests", String.class, List.copyOf(digests))
                .map((row, _) -> found.put(row.getString(1), row.getInt(2)))
                .list();
        return found;
    }

    private static void insert(Handle handle, Map<String, SortedSet<Integer>> sets) {
        var members = new ArrayList<String>();
        for (var set : sets.values()) {
            var text = new StringBuilder("{");
            for (var member : set) {
                text.append(text.length() == 1 ? "" : ",").append((int) member);
            }
            members.add(text.append('}').toString());
        }
        handle.createUpdate("""
                        insert into package_set (digest, members)
                        select decode(digest, 'hex'), members::integer[]
                        from unnest(:digests, :members) as item (digest, members)
                        order by digest
                        on conflict (digest) do nothing""")
                .bindArray("digests", String.class, List.copyOf(sets.keySet()))
                .bindArray("members", String.class, members)
                .execute();
    }

    private static String digest(SortedSet<Integer> set) {
        var bytes = ByteBuffer.allocate(set.size() * Integer.BYTES);
        set.forEach(bytes::putInt);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
