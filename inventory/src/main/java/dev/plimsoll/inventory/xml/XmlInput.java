package dev.plimsoll.inventory.xml;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Opens foreign XML: document types, entities and whatever lies elsewhere are not read. How much is read is the
/// caller's to bound.
public final class XmlInput {

    /// How messages begin that name a limit of the JDK's parser.
    private static final String PARSER_LIMIT = "JAXP0001";

    /// In characters: the parser quotes the document.
    private static final int MAX_SHOWN = 200;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private XmlInput() {}

    /// The caller refuses {@link javax.xml.stream.XMLStreamConstants#DTD} and entity references, which are told to it
    /// without what they stand for.
    ///
    /// @throws java.io.UnsupportedEncodingException when it is in an encoding that is not read; says what to do
    public static XMLStreamReader open(InputStream in) throws IOException, XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("an external entity, which is not read");
        });
        return factory.createXMLStreamReader(XmlText.reader(in));
    }

    /// What is wrong, and where, as a clause; with the parser's own words behind it.
    public static String reason(XMLStreamException e) {
        var location = e.getLocation();
        var place = location == null
                ? "an unknown place"
                : "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
        var words = words(e);
        return (words.startsWith(PARSER_LIMIT) ? "over a limit of XML at " : "it is no well-formed XML at ") + place
                + ": " + words;
    }

    /// The parser's words without the place, which it puts before them.
    private static String words(XMLStreamException e) {
        var message = String.valueOf(e.getMessage());
        int words = message.indexOf("Message: ");
        var shown = (words < 0 ? message : message.substring(words + 9)).replace('\n', ' ');
        return CONTROL.matcher(shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "…" : shown)
                .replaceAll("\ufffd");
    }
}
