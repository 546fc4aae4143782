package dev.plimsoll.report.xml;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Writes XML as a stream, always the same way: two spaces of indent, `\n`, UTF-8, attributes by name. Characters that
/// XML cannot hold become U+FFFD. Not safe for several threads.
///
/// Source: XML 1.0, 2.2 "Characters", 2.11 "End-of-Line Handling".
public final class XmlWriter implements AutoCloseable {

    private final Writer out;
    private int depth;

    /// @param out stays open
    public XmlWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /// An element with what `body` writes.
    public void element(String name, Runnable body) {
        element(name, Map.of(), Map.of(), body);
    }

    /// An element with attributes and what `body` writes.
    public void element(String name, Map<String, String> attributes, Runnable body) {
        element(name, Map.of(), attributes, body);
    }

    /// An element with a namespace, which stands before the attributes.
    public void element(String name, Map<String, String> namespaces, Map<String, String> attributes, Runnable body) {
        begin(name, namespaces, attributes);
        write(">\n");
        depth++;
        body.run();
        depth--;
        indent();
        write("</" + name + ">\n");
    }

    /// An element with attributes and nothing in it.
    public void empty(String name, Map<String, String> attributes) {
        begin(name, Map.of(), attributes);
        write("/>\n");
    }

    /// An element with a text.
    public void leaf(String name, String text) {
        leaf(name, Map.of(), text);
    }

    /// An element with attributes and a text.
    public void leaf(String name, Map<String, String> attributes, String text) {
        begin(name, Map.of(), attributes);
        write(">");
        write(escaped(text));
        write("</" + name + ">\n");
    }

    private void begin(String name, Map<String, String> namespaces, Map<String, String> attributes) {
        indent();
        write("<" + name);
        namespaces.forEach(this::attribute);
        new TreeMap<>(attributes).forEach(this::attribute);
    }

    private void attribute(String name, String value) {
        write(" " + name + "=\"" + escaped(value) + "\"");
    }

    private void indent() {
        write("  ".repeat(depth));
    }

    /// White space other than a space is escaped: a parser would make spaces and line ends of it.
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';');
                default -> escaped.appendCodePoint(isCharacter(c) ? c : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean isCharacter(int c) {
        return (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Flushes; the stream beneath stays open.
    @Override
    public void close() throws IOException {
        out.flush();
    }
}
