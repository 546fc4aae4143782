package dev.plimsoll.server.backup;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.objects.ObjectStoreException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Whether the advisory file of the active revision opens.
record RevisionCheck(ObjectStore objects) implements Check {

    @Override
    public void examine(Handle handle, Consumer<Finding> found) throws IOException {
        var object = handle.createQuery("select object from revision where state = 'active'")
                .mapTo(String.class)
                .findOne();
        if (object.isEmpty()) {
            found.accept(Finding.warning(
                    "there is no active advisory data: nothing is known of vulnerabilities",
                    "upload an advisory database or name a source of them"));
            return;
        }
        try (var database = AdvisoryDatabase.open(objects.file(object.get()))) {
            found.accept(Finding.note("the active advisory data were built at "
                    + database.builtAt().map(Object::toString).orElse("an unknown time")));
        } catch (ObjectStoreException | AdvisoryException e) {
            found.accept(Finding.error(
                    "the active advisory data cannot be opened: " + e.getMessage(),
                    "upload the advisory database again"));
        }
    }
}
