package dev.plimsoll.cli.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Server-sent events, one after the other. One thread takes them; another, of its own, reads.
///
/// Source: WHATWG HTML, section 9.2 "Server-sent events"; fields other than `event` and `data` are
/// passed over.
final class EventStream implements AutoCloseable {

    /// In characters, of all that belongs to one event.
    static final int MAX_EVENT = 1 << 20;

    /// Events that wait to be taken.
    private static final int MAX_WAITING = 1000;

    private final InputStream in;
    private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

    /// What comes from the stream.
    sealed interface Item {}

    /// An event.
    ///
    /// @param name `message` where the server says none
    record Event(String name, String data) implements Item {}

    /// The stream has ended.
    record End() implements Item {}

    EventStream(InputStream in) {
        this.in = in;
        Thread.ofVirtual().name("events").start(this::read);
    }

    /// The next event; empty when the stream has ended, however.
    ///
    /// @throws InterruptedException when the thread is interrupted
    /// @throws java.util.concurrent.TimeoutException when none came in time
    Optional<Event> next(Duration timeout) throws InterruptedException, java.util.concurrent.TimeoutException {
        var item = waiting.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (item == null) {
            throw new java.util.concurrent.TimeoutException();
        }
        return item instanceof Event event ? Optional.of(event) : Optional.empty();
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var name = "message";
            var data = new StringBuilder();
            for (var line = line(reader); line.isPresent(); line = line(reader)) {
                var text = line.get();
                if (text.isEmpty()) {
                    if (!data.isEmpty()) {
                        waiting.put(new Event(name, data.toString()));
                    }
                    name = "message";
                    data.setLength(0);
                } else if (text.startsWith("event:")) {
                    name = value(text);
                } else if (text.startsWith("data:")) {
                    data.append(data.isEmpty() ? "" : "\n").append(value(text));
                    if (data.length() > MAX_EVENT) {
                        return;
                    }
                }
            }
        } catch (IOException | UncheckedIOException _) {
            // whoever takes sees that the stream has ended, and asks again
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.offer(new End());
        }
    }

    private static String value(String line) {
        var value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /// Empty at the end, and where a line is longer than any event.
    private static Optional<String> line(BufferedReader reader) throws IOException {
        var text = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            if (next == '\n') {
                var length = text.length();
                return Optional.of(
                        length > 0 && text.charAt(length - 1) == '\r'
                                ? text.substring(0, length - 1)
                                : text.toString());
            }
            text.append((char) next);
            if (text.length() > MAX_EVENT) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Ends the reading.
    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException _) {
            // nobody reads it any more
        }
    }
}
