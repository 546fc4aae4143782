package dev.plimsoll.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened, to be closed in turn, the last first. One that cannot be closed keeps none of the others open.
final class Parts implements AutoCloseable {

    private final Deque<Part> opened = new ArrayDeque<>();

    /// Something that is closed.
    @FunctionalInterface
    interface Part {
        void close() throws IOException;
    }

    void add(Part part) {
        opened.push(part);
    }

    /// Where something else went wrong, which is what people want to hear of.
    void closeAfter(Exception reason) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /// @throws IOException the first that a part threw, with the others beside it
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (IOException | RuntimeException e) {
                if (failure == null) {
                    failure = e instanceof IOException io ? io : new IOException(e.getMessage(), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
