package dev.plimsoll.server.backup;

import dev.plimsoll.server.objects.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Whether the objects that rows name are there and whole, and which ones no row names.
///
/// @param extent whether they are read, and whether orphans are deleted
record ObjectsCheck(ObjectStore objects, InstantSource clock, Doctor.Extent extent) implements Check {

    /// An object is put before the row that names it: a young one may be named soon.
    static final Duration YOUTH = Duration.ofDays(1);

    @Override
    public void examine(Handle handle, Consumer<Finding> found) throws IOException, SQLException {
        // the store first: what is put and named meanwhile is among the named
        Set<String> there = new HashSet<>();
        try (var all = objects.all()) {
            all.forEach(there::add);
        }
        var named = named(handle);
        var missing = new Examples();
        var damaged = new Examples();
        for (var digest : named) {
            if (!ObjectReferences.isDigest(digest) || (!there.remove(digest) && !objects.has(digest))) {
                missing.add(digest);
            } else if (extent.thorough() && !isWhole(digest)) {
                damaged.add(digest);
            }
        }
        if (missing.count() > 0) {
            found.accept(
                    Finding.error(
                            "objects that rows name are missing in " + objects + ": " + missing.text(),
                            "restore the folder or bucket, or analyse the images again with force and upload the advisory file again"));
        }
        if (damaged.count() > 0) {
            found.accept(Finding.error(
                    "objects are damaged in " + objects + ": " + damaged.text(),
                    "delete these files and restore them, or analyse the images again with force"));
        }
        found.accept(
                Finding.note("rows name " + named.size() + " objects" + (extent.thorough() ? ", all were read" : "")));
        orphans(handle, there, found);
    }

    private static Set<String> named(Handle handle) throws SQLException {
        Set<String> all = new HashSet<>();
        try (var rows = handle
                .createQuery(ObjectReferences.query(handle.getConnection()))
                .setFetchSize(1000)
                .mapTo(String.class)
                .stream()) {
            rows.forEach(all::add);
        }
        return all;
    }

    private boolean isWhole(String digest) throws IOException {
        try (var in = objects.read(digest).orElse(null)) {
            if (in == null) {
                return false;
            }
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (dev.plimsoll.server.objects.ObjectStoreException _) {
            return false;
        }
    }

    private void orphans(Handle handle, Set<String> orphans, Consumer<Finding> found) throws IOException, SQLException {
        var before = clock.instant().minus(YOUTH);
        List<String> old = new ArrayList<>();
        for (var digest : orphans) {
            if (objects.lastPut(digest).filter(put -> put.isBefore(before)).isPresent()) {
                old.add(digest);
            }
        }
        if (old.isEmpty()) {
            return;
        }
        if (!extent.deleteOrphans()) {
            found.accept(Finding.note("no row names " + old.size()
                    + " objects that are older than a day: `plimsoll server doctor --fix` deletes them"));
            return;
        }
        // they may have been named while the others were looked at
        var now = named(handle);
        long deleted = 0;
        for (var digest : old) {
            if (!now.contains(digest)) {
                objects.delete(digest);
                deleted++;
            }
        }
        found.accept(Finding.note("deleted " + deleted + " objects that no row names"));
    }
}
