package dev.plimsoll.server.notify.email;

import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.wording.Clipped;
import dev.plimsoll.server.notify.wording.Outline;

/// Writes a message as text and as HTML, each complete.
final class EmailText {

    private static final int LINES = 200;

    private EmailText() {}

    /// Both forms.
    record Body(String plain, String html) {}

    static Body of(Message message) {
        var outline = Outline.of(message, LINES);
        return new Body(plain(outline), html(outline));
    }

    static Body of(String text) {
        return new Body(text + "\n", page("<p>" + escaped(text) + "</p>\n"));
    }

    private static String plain(Outline outline) {
        var text = new StringBuilder(outline.headline()).append("\n\n");
        for (var fact : outline.facts()) {
            text.append(fact.name()).append(": ").append(fact.text()).append('\n');
        }
        for (var section : outline.sections()) {
            text.append('\n').append(section.title()).append('\n');
            section.lines().forEach(line -> text.append("- ").append(line).append('\n'));
        }
        outline.more().ifPresent(more -> text.append('\n').append(more).append('\n'));
        outline.link()
                .ifPresent(
                        link -> text.append('\n').append(link.toASCIIString()).append('\n'));
        return text.toString();
    }

    private static String html(Outline outline) {
        var html = new StringBuilder("<h2>").append(escaped(outline.headline())).append("</h2>\n<table>\n");
        for (var fact : outline.facts()) {
            html.append("<tr><th align=\"left\">")
                    .append(escaped(fact.name()))
                    .append("</th><td>")
                    .append(escaped(fact.text()))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n");
        for (var section : outline.sections()) {
            html.append("<h3>").append(escaped(section.title())).append("</h3>\n<ul>\n");
            section.lines()
                    .forEach(line -> html.append("<li>").append(escaped(line)).append("</li>\n"));
            html.append("</ul>\n");
        }
        outline.more()
                .ifPresent(more -> html.append("<p>").append(escaped(more)).append("</p>\n"));
        outline.link()
                .ifPresent(link -> html.append("<p><a href=\"")
                        .append(escaped(link.toASCIIString()))
                        .append("\">Open in Plimsoll</a></p>\n"));
        return page(html.toString());
    }

    private static String page(String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body>\n" + body
                + "</body></html>\n";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// One line for the header of that name.
    static String subject(Message message) {
        return Clipped.line("[Plimsoll] " + message.headline(), 200);
    }
}
