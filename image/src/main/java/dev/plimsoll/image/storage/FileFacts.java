package dev.plimsoll.image.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// What the system says of a file.
///
/// @param size in bytes
/// @param device of a device file: major and minor number together
record FileFacts(Kind kind, int mode, long userId, long groupId, long size, long device) {

    private static final int FORMAT = 0170000;
    private static final int PERMISSIONS = 07777;

    /// Source: POSIX, sys/stat.h.
    enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO,
        /// A socket.
        OTHER
    }

    /// Of the file itself, not of what it links to.
    static FileFacts of(Path file) throws IOException {
        var values = Files.readAttributes(file, "unix:mode,uid,gid,size,rdev", LinkOption.NOFOLLOW_LINKS);
        var mode = (int) number(values, "mode");
        return new FileFacts(
                switch (mode & FORMAT) {
                    case 0100000 -> Kind.FILE;
                    case 0040000 -> Kind.DIRECTORY;
                    case 0120000 -> Kind.SYMBOLIC_LINK;
                    case 0020000 -> Kind.CHARACTER_DEVICE;
                    case 0060000 -> Kind.BLOCK_DEVICE;
                    case 0010000 -> Kind.FIFO;
                    default -> Kind.OTHER;
                },
                mode & PERMISSIONS,
                Integer.toUnsignedLong((int) number(values, "uid")),
                Integer.toUnsignedLong((int) number(values, "gid")),
                number(values, "size"),
                number(values, "rdev"));
    }

    private static long number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
