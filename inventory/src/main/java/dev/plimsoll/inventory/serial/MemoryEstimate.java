package dev.plimsoll.inventory.serial;

import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.inventory.FileTable;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;

/// Adds up about how much memory an inventory takes, so that a document that does not fit is refused while it is read.
/// Not safe for several threads.
final class MemoryEstimate {

    /// In bytes: what a value takes beside its characters.
    private static final int VALUE = 56;

    /// In bytes: what an entry of the table of files takes beside the characters of its texts, and what it takes
    /// where the table has put it into its temporary file.
    private static final int FILE = 20;

    private static final int SPILLED_FILE = 1;

    private final long most;
    private long bytes;
    private long fileBytes;

    /// @param most in bytes
    MemoryEstimate(long most) {
        this.most = most;
    }

    void add(Node node) throws JsonException {
        add(node, bytes(node.value()));
    }

    void add(Node node, FileEntry file) throws JsonException {
        var more = FILE
                + file.path().length()
                + file.linkTarget().length()
                + file.sha256().map(String::length).orElse(0)
                + file.capabilities().map(String::length).orElse(0);
        fileBytes += more;
        add(node, fileBytes < FileTable.DEFAULT_MEMORY_BYTES ? more : SPILLED_FILE);
    }

    private void add(Node node, long more) throws JsonException {
        bytes += more;
        if (bytes > most) {
            throw node.wrong("packages, files and unknowns take over " + most + " bytes of memory");
        }
    }

    private static long bytes(JsonValue value) {
        return switch (value) {
            case JsonString(var text) -> VALUE + (long) text.length();
            case JsonNumber _, JsonBoolean _, JsonNull _ -> VALUE;
            case JsonArray(var elements) -> {
                long sum = VALUE;
                for (var element : elements) {
                    sum += bytes(element);
                }
                yield sum;
            }
            case JsonObject(var members) -> {
                long sum = VALUE;
                for (var member : members.values()) {
                    sum += bytes(member);
                }
                yield sum;
            }
        };
    }
}
