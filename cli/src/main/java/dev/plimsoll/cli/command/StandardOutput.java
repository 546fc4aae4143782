package dev.plimsoll.cli.command;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Standard output that remembers why a write failed: a full disk is an error, a reader that has gone is none.
public final class StandardOutput extends PrintStream {

    private final Remembering below;

    /// @param out where the bytes go
    public StandardOutput(OutputStream out) {
        this(new Remembering(out));
    }

    private StandardOutput(Remembering below) {
        super(new BufferedOutputStream(below), false, StandardCharsets.UTF_8);
        this.below = below;
    }

    /// Why a write failed; empty where none did, or where the reader closed its end.
    public Optional<String> failure() {
        return Optional.ofNullable(below.reason).filter(reason -> !reason.contains("Broken pipe"));
    }

    private static final class Remembering extends FilterOutputStream {

        private volatile @Nullable String reason;

        private Remembering(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
                throw e;
            }
        }
    }
}
