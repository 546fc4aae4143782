package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.LayerEntry.Kind;
import dev.plimsoll.image.tree.FileTree;
import dev.plimsoll.inventory.content.DeletedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Files of lower layers that are at no path of the image: a later layer deletes them, or their folder. What a later
/// layer replaces is none.
final class DeletedFiles {

    /// In files of an image.
    static final int MAX_LISTED = 20_000;

    private final List<DeletedFile> files = new ArrayList<>();
    private boolean excess;

    DeletedFiles(FileTree tree, List<? extends LayerResult<?>> layers, Exclusion exclusion) {
        for (int layer = 0; layer < layers.size() - 1; layer++) {
            for (var entry : layers.get(layer).listing()) {
                if ((entry.kind() == Kind.FILE || entry.kind() == Kind.HARD_LINK)
                        && !exclusion.covers(entry.path())
                        && tree.get(entry.path()).isEmpty()
                        // what was unpacked through a link lies where that leads
                        && tree.resolve(entry.path()).isEmpty()) {
                    add(new DeletedFile(entry.path(), layer, entry.size()));
                }
            }
        }
    }

    private void add(DeletedFile file) {
        if (files.size() == MAX_LISTED) {
            excess = true;
        } else {
            files.add(file);
        }
    }

    List<DeletedFile> files() {
        return List.copyOf(files);
    }

    /// What was left out because of a limit, for an unknown; empty where nothing was.
    Optional<String> excess() {
        return excess
                ? Optional.of("over " + MAX_LISTED + " files are deleted by later layers; the others are not listed")
                : Optional.empty();
    }
}
