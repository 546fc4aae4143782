package dev.plimsoll.server.judging;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.inventory.serial.InventoryWriter;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Inventories without the files of the image and of its packages, which are most of the text of an inventory and which
/// few rules ask for. Each is made when it is first wanted, is an object of its own beside the whole one, and is made
/// again where it is lost. Safe for several threads.
final class LeanInventories {

    /// Gates that never ask which files there are: of their rules a lean inventory gives the same verdict.
    static final Set<String> GATES = Set.of(
            "always",
            "distro",
            "eol",
            "image_config",
            "kev",
            "licenses",
            "malware",
            "metadata",
            "npms",
            "ruby_gems",
            "secret_scans",
            "tag_drift",
            "unknowns",
            "vulnerabilities");

    private final Database database;
    private final Inventories inventories;
    private final ObjectStore objects;

    LeanInventories(Database database, Inventories inventories) {
        this.database = database;
        this.inventories = inventories;
        this.objects = inventories.objects();
    }

    /// Whether rules of the bundle can be judged without files.
    static boolean suffice(Bundle bundle) {
        return bundle.ruleSets().stream()
                .flatMap(ruleSet -> ruleSet.rules().stream())
                .allMatch(rule -> GATES.contains(rule.gate().name()));
    }

    /// The inventory that the rules of a bundle need.
    ///
    /// @param digest of the whole one's object
    Inventory read(String digest, Bundle bundle) throws IOException {
        if (!suffice(bundle)) {
            return inventories.read(digest);
        }
        var object = object(digest);
        if (object.isPresent()) {
            var stored = objects.read(object.get());
            if (stored.isPresent()) {
                try (var in = stored.get()) {
                    return InventoryReader.read(in.readAllBytes());
                }
            }
        }
        var lean = lean(inventories.read(digest));
        var made = objects.put(out -> InventoryWriter.write(lean, out));
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                                insert into lean_inventory (inventory_object, object) values (:whole, :lean)
                                on conflict (inventory_object) do update set object = excluded.object
                                where lean_inventory.object <> excluded.object""")
                        .bind("whole", digest)
                        .bind("lean", made)
                        .execute());
        return lean;
    }

    private Optional<String> object(String digest) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select object from lean_inventory where inventory_object = :whole")
                        .bind("whole", digest)
                        .mapTo(String.class)
                        .findOne());
    }

    static Inventory lean(Inventory whole) {
        return new Inventory(
                whole.image(),
                whole.distribution(),
                whole.packages().stream().map(LeanInventories::lean).toList(),
                Optional.empty(),
                whole.digested(),
                whole.excluded(),
                whole.dockerfile(),
                whole.unknowns(),
                whole.analyzers(),
                whole.document(),
                whole.analysis(),
                whole.contents());
    }

    private static ImagePackage lean(ImagePackage item) {
        return item.ownedFiles().isEmpty()
                ? item
                : new ImagePackage(
                        item.purl(),
                        item.type(),
                        item.name(),
                        item.version(),
                        item.source(),
                        item.architecture(),
                        item.modularity(),
                        item.evidence(),
                        item.analyzer(),
                        item.locations(),
                        item.layer(),
                        item.licenses(),
                        List.of(),
                        item.ownedBy(),
                        item.cpes(),
                        item.dependencies(),
                        item.properties());
    }
}
