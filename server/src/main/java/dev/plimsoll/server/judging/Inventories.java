package dev.plimsoll.server.judging;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.objects.ObjectStoreException;
import java.io.IOException;

/// Reads inventories from the store of objects, and remembers those that were read last. Safe for several threads.
public final class Inventories {

    private record Read(Inventory inventory, long bytes) {}

    private final ObjectStore objects;
    private final Remembered<String, Read> memory;

    /// @param remembered most bytes of the documents that are remembered; an inventory takes some two times as much
    public Inventories(ObjectStore objects, long remembered) {
        this.objects = objects;
        this.memory = new Remembered<>(remembered, Read::bytes);
    }

    /// @param digest of the object
    Inventory read(String digest) throws IOException {
        var known = memory.get(digest);
        if (known.isPresent()) {
            return known.get().inventory();
        }
        byte[] text;
        try (var in = objects.read(digest)
                .orElseThrow(() -> new ObjectStoreException("the inventory " + digest
                        + " is not in the store of objects; submit the image anew with \"force\": true"))) {
            text = in.readAllBytes();
        }
        var inventory = InventoryReader.read(text);
        memory.put(digest, new Read(inventory, text.length));
        return inventory;
    }

    ObjectStore objects() {
        return objects;
    }
}
