package dev.plimsoll.image.tar;

/// One entry of a tar, long names and pax records already put in. Its arrays are not to be changed.
public final class TarHeader {

    public static final byte FILE = '0';
    public static final byte HARD_LINK = '1';
    public static final byte SYMBOLIC_LINK = '2';
    public static final byte CHARACTER_DEVICE = '3';
    public static final byte BLOCK_DEVICE = '4';
    public static final byte DIRECTORY = '5';
    public static final byte FIFO = '6';
    /// "Reserved" by POSIX, written by few, read as a file by all.
    static final byte CONTIGUOUS_FILE = '7';

    static final byte OLD_FILE = 0;
    static final byte GNU_LONG_NAME = 'L';
    static final byte GNU_LONG_LINK = 'K';
    static final byte GNU_SPARSE = 'S';
    static final byte PAX = 'x';
    static final byte PAX_GLOBAL = 'g';

    private final byte[] name;
    private final byte type;
    private final byte[] linkName;
    private final long mode;
    private final long userId;
    private final long groupId;
    private final Content content;
    private final byte[] capability;

    TarHeader(
            byte[] name,
            byte type,
            byte[] linkName,
            long mode,
            long userId,
            long groupId,
            Content content,
            byte[] capability) {
        this.name = name;
        this.type = type;
        this.linkName = linkName;
        this.mode = mode;
        this.userId = userId;
        this.groupId = groupId;
        this.content = content;
        this.capability = capability;
    }

    /// The bytes of the name as they stand, a trailing slash included.
    public byte[] name() {
        return name;
    }

    /// One of the constants here, or another byte for a type that nobody defined.
    public byte type() {
        return type;
    }

    /// The bytes of the link's target, empty where there is none.
    public byte[] linkName() {
        return linkName;
    }

    public long mode() {
        return mode;
    }

    public long userId() {
        return userId;
    }

    public long groupId() {
        return groupId;
    }

    /// The extended attribute `security.capability`, empty where there is none.
    public byte[] capability() {
        return capability;
    }

    /// Bytes of content, holes of sparse files included.
    public long size() {
        return content.size;
    }

    /// Where the content's first byte lies in the archive.
    public long position() {
        return content.position;
    }

    /// Whether the content in the archive lacks its holes.
    public boolean sparse() {
        return content.sparse;
    }

    record Content(long size, long position, boolean sparse) {}

    /// Types that carry no content even where their size says so (Go's archive/tar, which container engines use,
    /// ignores it too).
    static boolean isWithoutContent(byte type) {
        return type >= HARD_LINK && type <= FIFO;
    }
}
