package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.inventory.ImagePackage.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Where the paths that rules name lead to.
final class FilePaths {

    /// Of symbolic links on the way to a file; Linux has the same limit.
    private static final int MAX_LINKS = 40;

    /// Of names on the way, those included that links put into it.
    private static final int MAX_NAMES = 1_000;

    private FilePaths() {}

    /// What lies at a path when all links are followed within the image; empty where nothing does, or where too many
    /// links lead to it.
    ///
    /// @param path with or without the leading slash
    static Optional<FileEntry> resolve(FileTable files, String path) {
        var pending = new ArrayDeque<>(parts(path));
        var at = new ArrayList<String>();
        int links = 0;
        int names = 0;
        while (!pending.isEmpty()) {
            if (++names > MAX_NAMES) {
                return Optional.empty();
            }
            var part = pending.removeFirst();
            if (part.equals("..")) {
                if (!at.isEmpty()) {
                    at.removeLast();
                }
                continue;
            }
            at.add(part);
            // a folder that no layer lists is not always in the table
            var found = files.get(String.join("/", at));
            if (found.filter(entry -> entry.kind() == FileEntry.Kind.SYMBOLIC_LINK)
                    .isPresent()) {
                if (++links > MAX_LINKS) {
                    return Optional.empty();
                }
                at.removeLast();
                var target = found.get().linkTarget();
                if (target.startsWith("/")) {
                    at.clear();
                }
                parts(target).reversed().forEach(pending::addFirst);
            }
        }
        return at.isEmpty() ? Optional.empty() : files.get(String.join("/", at));
    }

    /// The place of a file that the image shows, without a layer where nobody knows it.
    static Location place(Optional<FileTable> files, String path) {
        return new Location(
                path,
                files.flatMap(table -> table.get(path))
                        .map(entry -> OptionalInt.of(entry.layer()))
                        .orElse(OptionalInt.empty()));
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1)).stream()
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
    }
}
