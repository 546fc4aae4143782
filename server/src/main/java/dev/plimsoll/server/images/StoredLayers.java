package dev.plimsoll.server.images;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.scan.LayerStore;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The facts of layers that were read before, shared by the images of an account. Another account has to
/// show that it has a layer by its registry's giving the bytes: a manifest may name any digest, and so may
/// an inventory that is sent. What is kept is kept once for all. Safe for several threads and several
/// services.
public final class StoredLayers implements LayerStore {

    private final Database database;
    private final ObjectStore objects;
    private final long accountId;

    public StoredLayers(Database database, ObjectStore objects, long accountId) {
        this.database = database;
        this.objects = objects;
        this.accountId = accountId;
    }

    @Override
    public Optional<InputStream> find(Digest layer, String analysis) throws IOException {
        var object = database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select object from layer_fact
                                join layer on layer.id = layer_fact.layer_id
                                where layer.digest = :layer and analysis = :analysis
                                and exists (select from image_layer join image on image.id = image_layer.image_id
                                    where image_layer.layer_id = layer.id and image_layer.shown
                                    and image.account_id = :account)""")
                        .bind("layer", layer.toString())
                        .bind("account", accountId)
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
