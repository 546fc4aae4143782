package dev.plimsoll.image.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Extended attributes of files of any name space, links not followed. The JDK's own view reaches attributes of users
/// only. Stateless.
///
/// Source: lgetxattr(2), xattr(7); Linux, asm-generic/errno.h.
public final class ExtendedAttributes {

    /// In bytes, of one value; those of capabilities and overlays have 24 at most.
    public static final int MAX_VALUE = 64;

    /// What stands for a missing attribute, and for a file system that knows none.
    private static final int NO_DATA = 61;

    private static final int NOT_SUPPORTED = 95;

    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Optional<MethodHandle> LGETXATTR = lgetxattr();

    private ExtendedAttributes() {}

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
                                ValueLayout.JAVA_LONG),
                        Linker.Option.captureCallState("errno")));
    }

    /// Whether this system tells them at all.
    public static boolean readable() {
        return LGETXATTR.isPresent();
    }

    /// The value; empty where the file has no such attribute, and where this system tells none.
    ///
    /// @param name with its name space, `security.capability`
    /// @throws IOException when there may be one that cannot be read, or it is over {@link #MAX_VALUE} bytes
    public static Optional<byte[]> read(Path file, String name) throws IOException {
        if (LGETXATTR.isEmpty()) {
            return Optional.empty();
        }
        try (var arena = Arena.ofConfined()) {
            var bytes = RawPaths.bytes(file.toAbsolutePath());
            var path = arena.allocateFrom(ValueLayout.JAVA_BYTE, Arrays.copyOf(bytes, bytes.length + 1));
            var value = arena.allocate(MAX_VALUE);
            var state = arena.allocate(STATE);
            var length = get(state, path, arena.allocateFrom(name, StandardCharsets.US_ASCII), value);
            if (length >= 0) {
                return Optional.of(value.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
            }
            var error = (int) ERROR.get(state, 0L);
            if (error == NO_DATA || error == NOT_SUPPORTED) {
                return Optional.empty();
            }
            throw new IOException("the attribute " + name + " cannot be read (error " + error + ")");
        }
    }

    private static long get(MemorySegment state, MemorySegment path, MemorySegment name, MemorySegment value) {
        try {
            return (long) LGETXATTR.orElseThrow().invokeExact(state, path, name, value, value.byteSize());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("lgetxattr throws nothing", e);
        }
    }
}
