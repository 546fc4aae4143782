package dev.plimsoll.image.tar;

/// One entry of a tar, long names and pax records already put in.
///
/// @param name the bytes of the name as they stand, a trailing slash included
/// @param type one of the constants here, or another byte for a type that nobody defined
/// @param linkName the bytes of the link's target, empty where there is none
/// @param size bytes of content, holes of sparse files included
/// @param position of the content's first byte in the archive
/// @param sparse whether the content in the archive lacks its holes
public record TarHeader(
        byte[] name,
        byte type,
        byte[] linkName,
        long mode,
        long userId,
        long groupId,
        long size,
        long position,
        boolean sparse) {

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

    /// Types that carry no content even where their size says so (Go's archive/tar, which container engines use,
    /// ignores it too).
    static boolean isWithoutContent(byte type) {
        return type >= HARD_LINK && type <= FIFO;
    }
}
