package dev.plimsoll.image;

/// One entry of a layer's tar, in the layer's own words: nothing is merged or followed.
///
/// @param path normal form without leading slash, `.` or `..`; for a whiteout the path that it hides, for an opaque
///     marker its directory
/// @param mode `07777` at most
/// @param size bytes of content; 0 for what has none
/// @param linkTarget normal form like `path` for a hard link, as it stands for a symbolic link, else empty
/// @param capabilities as {@link FileCapabilities} writes them; empty where the entry carries none, and where the
///     image cannot tell, see {@link Image#tellsCapabilities()}
public record LayerEntry(
        String path,
        Kind kind,
        int mode,
        long userId,
        long groupId,
        long size,
        String linkTarget,
        String capabilities) {

    /// Without capabilities.
    public LayerEntry(String path, Kind kind, int mode, long userId, long groupId, long size, String linkTarget) {
        this(path, kind, mode, userId, groupId, size, linkTarget, "");
    }

    /// What an entry is. Whiteouts are told apart from files of that name.
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        HARD_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO,
        WHITEOUT,
        OPAQUE
    }
}
