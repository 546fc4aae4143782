package dev.plimsoll.server.images;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.server.http.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;

/// Reads an inventory that somebody sends, plain or packed by gzip. What it unpacks to is bounded, and so is how many
/// are read at a time.
final class PushedInventory {

    /// In bytes, unpacked.
    static final long MAX_BYTES = 256L << 20;

    /// An inventory takes up to some hundred megabytes while it is read.
    private static final int AT_A_TIME = 2;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path temporary;
    private final Semaphore free = new Semaphore(AT_A_TIME);

    private final long mostBytes;

    /// @param temporary a folder
    /// @param mostBytes unpacked
    PushedInventory(Path temporary, long mostBytes) {
        this.temporary = temporary;
        this.mostBytes = mostBytes;
    }

    /// @throws ProblemException where the body is no inventory
    Inventory read(InputStream body) throws IOException {
        var sent = Files.createTempFile(temporary, "sent", ".body");
        try {
            // whoever sends slowly keeps nobody else from being read
            try (var out = Files.newOutputStream(sent)) {
                body.transferTo(out);
            }
            return readSent(sent);
        } finally {
            Files.deleteIfExists(sent);
        }
    }

    private Inventory readSent(Path sent) throws IOException {
        free.acquireUninterruptibly();
        var file = Files.createTempFile(temporary, "pushed", ".json");
        try {
            try (var out = Files.newOutputStream(file);
                    var in = unpacked(Files.newInputStream(sent))) {
                long count = 0;
                var buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    count += read;
                    if (count > mostBytes) {
                        throw ProblemException.tooLarge(mostBytes);
                    }
                    out.write(buffer, 0, read);
                }
            }
            return InventoryReader.read(file);
        } catch (IOException e) {
            throw ProblemException.invalid(
                    "",
                    "the body is no inventory: "
                            + String.valueOf(e.getMessage()).replace(file.toString(), "body"));
        } finally {
            Files.deleteIfExists(file);
            free.release();
        }
    }

    private static InputStream unpacked(InputStream body) throws IOException {
        var in = new BufferedInputStream(body, 1 << 16);
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return first == GZIP_FIRST && second == GZIP_SECOND ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
