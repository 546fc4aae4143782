package dev.plimsoll.server.notify.outbound;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/// Sends requests to places that users name. Redirects are not followed, of an answer only the
/// beginning is read. Safe for several threads.
public interface Outbound {

    /// In bytes: how much of an answer is kept.
    int ANSWER_LIMIT = 64 << 10;

    /// Sends a request and waits for its answer, whatever its status.
    ///
    /// @throws OutboundRefusedException where the address is one that may not be asked
    /// @throws IOException where there was no answer in time; the request may have arrived all the same.
    /// Also where the thread was interrupted ({@link java.io.InterruptedIOException})
    Answer send(HttpRequest request) throws IOException;

    /// What came back.
    ///
    /// @param headers first value of each, by name in lower case
    /// @param beginning of the body, at most {@link #ANSWER_LIMIT} bytes of it, as UTF-8
    record Answer(int status, Map<String, String> headers, String beginning) {

        public Answer {
            headers = Map.copyOf(headers);
        }

        /// @param name in lower case
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }
}
