package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.content.RetrievedFile;
import dev.plimsoll.policy.rule.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What an inventory knows of a file's content.
sealed interface RetrievedContent {

    /// @param path where the file really lies, without the leading slash
    /// @param text in UTF-8; what is none is replaced by signs that say so
    record Known(String path, String text) implements RetrievedContent {

        /// Without their ends; a final line feed ends the last line and begins none.
        List<String> lines() {
            return text.lines().toList();
        }
    }

    /// There is no such file.
    ///
    /// @param kind of what is there in its place
    record Absent(Optional<FileEntry.Kind> kind) implements RetrievedContent {}

    /// There is one, or nobody knows.
    ///
    /// @param reason names what would collect it
    record NotRetrieved(String reason) implements RetrievedContent {}

    /// Where a path may lead to by links that most images have. What to retrieve must be known before the image is
    /// read,
    /// and other links cannot be.
    ///
    /// Source: os-release(5); UsrMerge, by which `/bin`, `/sbin` and `/lib…` lead beneath `/usr`; FHS 3.0, `/run`.
    ///
    /// @param path of one file, with the leading slash
    static String[] places(String path) {
        var places = new ArrayList<String>();
        places.add(path);
        if (path.equals("/etc/os-release")) {
            places.add("/usr/lib/os-release");
        } else if (MERGED.stream().anyMatch(path::startsWith)) {
            places.add("/usr" + path);
        } else if (path.startsWith("/var/run/")) {
            places.add(path.substring("/var".length()));
        }
        return places.toArray(String[]::new);
    }

    List<String> MERGED = List.of("/bin/", "/sbin/", "/lib/", "/lib32/", "/lib64/", "/libx32/");

    /// @param path of one file, with the leading slash
    static RetrievedContent of(Subject subject, String path) {
        var inventory = subject.inventory();
        var files = inventory.files();
        var entry = files.flatMap(table -> FilePaths.resolve(table, path));
        var real = entry.map(FileEntry::path).orElse(path.substring(1));
        var retrieved = inventory.contents().retrieved().orElse(List.of()).stream()
                .filter(file -> file.path().equals(real))
                .findFirst();
        if (retrieved.isPresent()) {
            return new Known(real, text(retrieved.get()));
        }
        if (files.isEmpty()) {
            return new NotRetrieved(
                    UnknownFacts.notCollected(subject, "the content of " + path + " is not known", "--retrieve " + path)
                            .reason());
        }
        if (entry.isEmpty() || entry.get().kind() != FileEntry.Kind.FILE) {
            return new Absent(entry.or(() -> files.get().get(path.substring(1))).map(FileEntry::kind));
        }
        var reason = inventory.unknowns().stream()
                .filter(unknown ->
                        unknown.path().equals(real) && unknown.reason().startsWith("is not retrieved"))
                .map(unknown -> "/" + real + " " + unknown.reason())
                .findFirst();
        return new NotRetrieved(reason.orElseGet(() -> notAsked(inventory, path, real)));
    }

    private static String notAsked(Inventory inventory, String path, String real) {
        return "the content of " + path + " is not known: "
                + (inventory.contents().retrieved().isEmpty()
                        ? "the image was looked into without --retrieve /" + real
                        : "it was not retrieved (--retrieve /" + real + ")")
                + (path.equals("/" + real) ? "" : "; that is where the path leads to");
    }

    private static String text(RetrievedFile file) {
        return new String(Base64.getDecoder().decode(file.content()), StandardCharsets.UTF_8);
    }
}
