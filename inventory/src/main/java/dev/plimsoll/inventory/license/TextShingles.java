package dev.plimsoll.inventory.license;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// The runs of four words that a text has, as hashes. Case, punctuation, numbers of paragraphs and lines of copyright
/// do
/// not count, so that a licence is the same whoever holds the right and however it is laid out.
final class TextShingles {

    /// In words.
    static final int WORDS = 4;

    /// In bytes; what lies behind is not looked at.
    static final int MAX_BYTES = 1 << 20;

    /// In characters: a longer line is data.
    private static final int MAX_LINE = 20_000;

    /// In characters.
    private static final int MAX_WORD = 60;

    /// Basis and prime of FNV-1a, 64 bits.
    private static final long BASIS = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private final Set<Long> hashes = new HashSet<>();
    private final long[] last = new long[WORDS];
    private int words;

    private TextShingles() {}

    /// @param in read as UTF-8 to its end or {@link #MAX_BYTES}; stays open
    static Set<Long> of(InputStream in) throws IOException {
        var text = in.readNBytes(MAX_BYTES);
        var shingles = new TextShingles();
        var reader = new BufferedReader(
                new InputStreamReader(new java.io.ByteArrayInputStream(text), StandardCharsets.UTF_8));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.length() <= MAX_LINE && !isOfCopyright(line)) {
                shingles.line(line);
            }
        }
        return shingles.hashes;
    }

    /// Whether the line says whose the work is, behind whatever marks a comment.
    private static boolean isOfCopyright(String line) {
        int start = 0;
        while (start < line.length() && !begins(line.charAt(start))) {
            start++;
        }
        if (begins(line, start, "copyright ")) {
            int next = start + "copyright ".length();
            return next < line.length()
                    && ("0123456789<{[©".indexOf(line.charAt(next)) >= 0 || begins(line, next, "(c)"));
        }
        return begins(line, start, "(c) ") || begins(line, start, "©") || begins(line, start, "all rights reserved");
    }

    private static boolean begins(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '(' || c == '©';
    }

    private static boolean begins(String line, int at, String words) {
        return line.regionMatches(true, at, words, 0, words.length());
    }

    private void line(String line) {
        long hash = BASIS;
        int length = 0;
        for (int i = 0; i <= line.length(); i++) {
            var c = i < line.length() ? Character.toLowerCase(line.charAt(i)) : ' ';
            if (c >= 'a' && c <= 'z') {
                hash = (hash ^ c) * PRIME;
                length++;
            } else if (length > 0 && c != '\'' && (c < '0' || c > '9')) {
                // an apostrophe is written in several ways, and numbers count paragraphs
                if (length > 1 && length <= MAX_WORD) {
                    word(hash);
                }
                hash = BASIS;
                length = 0;
            }
        }
    }

    private void word(long hash) {
        last[words++ % WORDS] = hash;
        if (words >= WORDS) {
            long shingle = BASIS;
            for (int i = 0; i < WORDS; i++) {
                shingle = (shingle ^ last[(words + i) % WORDS]) * PRIME;
                shingle ^= shingle >>> 29;
            }
            hashes.add(shingle);
        }
    }
}
