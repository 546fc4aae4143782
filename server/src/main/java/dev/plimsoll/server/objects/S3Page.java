package dev.plimsoll.server.objects;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A page of a bucket's list.
///
/// Source: AWS documentation, "Amazon S3 API Reference", ListObjectsV2.
///
/// @param next token of the next page, empty after the last
record S3Page(List<String> keys, String next) {

    S3Page {
        keys = List.copyOf(keys);
    }

    /// Without document types and with them without entities from elsewhere. From a text, for of bytes that are no
    /// UTF-8
    /// the reader of the JDK complains on the standard error.
    static XMLStreamReader reader(byte[] body) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new StringReader(new String(body, StandardCharsets.UTF_8)));
    }

    /// @throws ObjectStoreException where it is none
    static S3Page read(byte[] body, String place) throws ObjectStoreException {
        var keys = new ArrayList<String>();
        var more = false;
        var next = "";
        try {
            var xml = reader(body);
            xml.nextTag();
            if (!xml.getLocalName().equals("ListBucketResult")) {
                throw new ObjectStoreException(
                        place + " does not answer as S3 does: its list is a " + xml.getLocalName());
            }
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "Key" -> keys.add(xml.getElementText());
                        case "IsTruncated" ->
                            more = xml.getElementText().strip().equals("true");
                        case "NextContinuationToken" -> next = xml.getElementText();
                        default -> {}
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new ObjectStoreException(place + " does not answer as S3 does: its list cannot be read", e);
        }
        if (more && next.isEmpty()) {
            throw new ObjectStoreException(place + " says that its list goes on and not where");
        }
        return new S3Page(keys, more ? next : "");
    }
}
