package dev.plimsoll.image.storage;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The extended attributes that say that a directory of an overlay hides what lies beneath it.
///
/// Source: Linux kernel documentation, "Overlay Filesystem", "whiteouts and opaque directories";
/// fuse-overlayfs(1); lgetxattr(2). The JDK's own view reaches attributes of users only, and that of an overlay
/// mounted by root is not.
final class OverlayAttributes {

    private static final List<String> OPAQUE =
            List.of("trusted.overlay.opaque", "user.overlay.opaque", "user.fuseoverlayfs.opaque");

    private static final Optional<MethodHandle> LGETXATTR = lgetxattr();

    private OverlayAttributes() {}

    @SuppressWarnings("restricted") // the launcher allows native access
    private static Optional<MethodHandle> lgetxattr() {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("lgetxattr")
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG)));
    }

    /// Whether the directory hides all that lies beneath it. Where attributes cannot be read: no.
    static boolean isOpaque(Path directory) {
        if (LGETXATTR.isEmpty()) {
            return false;
        }
        try (var arena = Arena.ofConfined()) {
            var bytes = RawPaths.bytes(directory.toAbsolutePath());
            var path = arena.allocateFrom(ValueLayout.JAVA_BYTE, Arrays.copyOf(bytes, bytes.length + 1));
            var value = arena.allocate(1);
            for (var name : OPAQUE) {
                if (get(path, arena.allocateFrom(name, StandardCharsets.US_ASCII), value) == 1
                        && value.get(ValueLayout.JAVA_BYTE, 0) == 'y') {
                    return true;
                }
            }
            return false;
        }
    }

    private static long get(MemorySegment path, MemorySegment name, MemorySegment value) {
        try {
            return (long) LGETXATTR.orElseThrow().invokeExact(path, name, value, value.byteSize());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("lgetxattr throws nothing", e);
        }
    }
}
