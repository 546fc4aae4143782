package dev.plimsoll.server.images;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.scan.LayerStore;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The facts of layers that were read before, shared by all images and accounts: whoever names a layer's digest in a
/// manifest that his registry gave him has the layer. Safe for several threads and several services.
public final class StoredLayers implements LayerStore {

    private final Database database;
    private final ObjectStore objects;

    public StoredLayers(Database database, ObjectStore objects) {
        this.database = database;
        this.objects = objects;
    }

    @Override
    public Optional<InputStream> find(Digest layer, String analysis) throws IOException {
        var object = database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select object from layer_fact
                                join layer on layer.id = layer_fact.layer_id
                                where layer.digest = :layer and analysis = :analysis""")
                        .bind("layer", layer.toString())
                        .bind("analysis", analysis)
                        .mapTo(String.class)
                        .findOne());
        return object.isPresent() ? objects.read(object.get()) : Optional.empty();
    }

    @Override
    public void keep(Digest layer, String analysis, Facts facts) throws IOException {
        // the object first: a row never names what is not there
        var object = objects.put(facts::writeTo);
        database.jdbi().useTransaction(handle -> {
            handle.createUpdate("insert into layer (digest) values (:layer) on conflict do nothing")
                    .bind("layer", layer.toString())
                    .execute();
            handle.createUpdate("""
                            insert into layer_fact (layer_id, analysis, object)
                            select id, :analysis, :object from layer where digest = :layer
                            on conflict (layer_id, analysis) do update set object = excluded.object
                            where layer_fact.object <> excluded.object""")
                    .bind("layer", layer.toString())
                    .bind("analysis", analysis)
                    .bind("object", object)
                    .execute();
        });
    }
}
