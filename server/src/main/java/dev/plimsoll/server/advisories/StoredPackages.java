package dev.plimsoll.server.advisories;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.DistinctPackage;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.server.images.AnalyzedImages;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.packages.ImagePackages;
import dev.plimsoll.server.packages.PackageDictionary;
import dev.plimsoll.server.store.Database;
import org.jdbi.v3.core.Handle;

/// Keeps what images hold: the packages that nobody had before, with their matches, and who has them.
public final class StoredPackages implements AnalyzedImages {

    private final Database database;
    private final Matches matches;

    public StoredPackages(Database database, Matches matches) {
        this.database = database;
        this.matches = matches;
    }

    /// Adds the packages and their matches in a transaction of its own, so that the one that stores the image is short.
    /// Packages are facts: they may stay, whatever becomes of the image.
    @Override
    public void prepare(Inventory inventory) {
        var all = ImagePackages.of(inventory).all();
        database.jdbi()
                .useTransaction(handle -> matches.ensure(
                        handle, PackageDictionary.ensure(handle, all).fresh()));
    }

    /// Says what an analysed image holds, in the transaction that stores it. May be said again.
    ///
    /// @throws java.io.UncheckedIOException where the advisory data cannot be read
    @Override
    public void stored(Handle handle, ImageRow image, Inventory inventory) {
        var packages = ImagePackages.of(inventory);
        var known = PackageDictionary.ensure(handle, packages.all());
        matches.ensure(handle, known.fresh());
        packages.store(handle, image.id(), known.ids());
        handle.createUpdate("update image set distro = :release where id = :image and distro is distinct from :release")
                .bind("image", image.id())
                .bind(
                        "release",
                        DistinctPackage.release(inventory, MatchOptions.DEFAULT)
                                .map(DistributionRelease::toString)
                                .orElse(null))
                .execute();
    }
}
