package dev.plimsoll.inventory.sbom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a text in UTF-8, each within a limit; bytes that are no UTF-8 become U+FFFD. Not safe for several
/// threads.
final class TextLines {

    private final BufferedReader reader;
    private final int longest;
    private int number;

    /// @param longest in characters
    TextLines(InputStream in, int longest) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.longest = longest;
    }

    /// The number of the line that came last, from 1.
    int number() {
        return number;
    }

    /// The next line without its end; empty after the last.
    Optional<String> next() throws IOException {
        int c = reader.read();
        if (number == 0 && c == '\ufeff') {
            c = reader.read();
        }
        if (c < 0) {
            return Optional.empty();
        }
        number++;
        var line = new StringBuilder();
        while (c >= 0 && c != '\n') {
            if (line.length() == longest) {
                throw SbomLimits.exceeded("characters in line " + number, longest, "sbom-text");
            }
            line.append((char) c);
            c = reader.read();
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return Optional.of(line.toString());
    }
}
