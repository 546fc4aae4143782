package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.program.ProgramContent;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file's content that several want to read, one after the other: in memory, or in one temporary file where it is
/// large.
/// The file has no name any more once it is open (where the system allows that), so nothing is left behind whatever
/// ends
/// the process.
final class SpooledContent implements AutoCloseable {

    /// In bytes.
    static final int IN_MEMORY = 4 << 20;

    private final byte[] bytes;
    private final int length;
    private final Optional<FileChannel> file;

    private SpooledContent(byte[] bytes, int length, Optional<FileChannel> file) {
        this.bytes = bytes;
        this.length = length;
        this.file = file;
    }

    /// @param memory what the content is held in, where it is shorter than that; nobody else uses it meanwhile
    static SpooledContent of(InputStream content, byte[] memory) throws IOException {
        var length = content.readNBytes(memory, 0, memory.length);
        if (length < memory.length) {
            return new SpooledContent(memory, length, Optional.empty());
        }
        var channel = FileChannel.open(
                Files.createTempFile("plimsoll-", ".spool"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        try (var whole = new SequenceInputStream(new ByteArrayInputStream(memory), new WatchedStream(content))) {
            whole.transferTo(Channels.newOutputStream(channel));
            return new SpooledContent(new byte[0], 0, Optional.of(channel));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// From the start; the stream opened before must not be read any more.
    InputStream open() throws IOException {
        if (file.isEmpty()) {
            return new ByteArrayInputStream(bytes, 0, length);
        }
        file.get().position(0);
        return new WatchedStream(new BufferedInputStream(Channels.newInputStream(file.get()), 1 << 16));
    }

    /// For reading at any place, as long as this is open.
    ProgramContent program() throws IOException {
        return file.isEmpty()
                ? ProgramContent.of(bytes, length)
                : ProgramContent.of(file.get(), file.get().size());
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
