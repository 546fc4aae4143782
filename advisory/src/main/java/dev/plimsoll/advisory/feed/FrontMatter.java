package dev.plimsoll.advisory.feed;

import java.util.Optional;

/// The block of data at the head of a Markdown file.
public final class FrontMatter {

    private FrontMatter() {}

    /// The lines between an opening line and the next closing line; empty where the text does not begin so or does not
    /// end the block.
    ///
    /// @param open the first line, `---` or ```` ```toml ````
    public static Optional<String> between(String text, String open, String close) {
        var plain = text.replace("\r\n", "\n");
        if (!plain.startsWith(open + "\n")) {
            return Optional.empty();
        }
        var from = open.length() + 1;
        var end = plain.startsWith(close + "\n", from) ? from : plain.indexOf("\n" + close, from - 1);
        return end < 0 ? Optional.empty() : Optional.of(plain.substring(from, Math.max(from, end)));
    }
}
