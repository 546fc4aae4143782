package dev.plimsoll.image.storage;

import dev.plimsoll.image.system.ExtendedAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The extended attributes that say that a directory of an overlay hides what lies beneath it.
///
/// Source: Linux kernel documentation, "Overlay Filesystem", "whiteouts and opaque directories";
/// fuse-overlayfs(1).
final class OverlayAttributes {

    private static final List<String> OPAQUE =
            List.of("trusted.overlay.opaque", "user.overlay.opaque", "user.fuseoverlayfs.opaque");

    private OverlayAttributes() {}

    /// Whether the directory hides all that lies beneath it. Where attributes cannot be read: no.
    static boolean isOpaque(Path directory) {
        return OPAQUE.stream().anyMatch(name -> isSet(directory, name));
    }

    private static boolean isSet(Path directory, String name) {
        try {
            return ExtendedAttributes.read(directory, name)
                    .filter(value -> value.length == 1 && value[0] == 'y')
                    .isPresent();
        } catch (IOException _) {
            return false;
        }
    }
}
