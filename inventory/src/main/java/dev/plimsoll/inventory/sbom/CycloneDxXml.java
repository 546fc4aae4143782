package dev.plimsoll.inventory.sbom;

import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.inventory.xml.XmlInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// CycloneDX in XML, read as a stream. Document types and external entities are not read.
///
/// Source: CycloneDX 1.4 to 1.7, XML schema.
final class CycloneDxXml {

    /// In characters: what an element counts beside its text.
    private static final int VALUE = 50;

    private static final Pattern NAMESPACE = Pattern.compile("http://cyclonedx\\.org/schema/bom/([0-9]+\\.[0-9]+)");

    private static final Set<String> PATH_OF_COMPONENTS = Set.of("bom", "metadata", "component", "components");

    private final XMLStreamReader xml;
    private final SbomLimits limits;
    private final CycloneDxDocument document;
    /// Names of the open elements.
    private final Deque<String> open = new ArrayDeque<>();
    /// Components that are open, the innermost last.
    private final Deque<Opened> components = new ArrayDeque<>();
    /// Of the open components.
    private long characters;

    private int number;
    private String toolName = "";
    private String toolVersion = "";
    private String propertyName = "";
    private String licenseText = "";
    private String dependent = "";

    private CycloneDxXml(XMLStreamReader xml, SbomLimits limits) {
        this.xml = xml;
        this.limits = limits;
        this.document = new CycloneDxDocument(limits);
    }

    /// @param isSubject whether it is `metadata/component`
    private record Opened(CycloneDxComponent component, boolean isSubject, boolean isTool) {}

    static DocumentReading.Read read(InputStream in, SbomLimits limits) throws IOException {
        try {
            return new CycloneDxXml(XmlInput.open(new MarkupStream(in, limits.text())), limits).document();
        } catch (UnsupportedEncodingException e) {
            throw new SbomException(String.valueOf(e.getMessage()), e);
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException cause) {
                throw cause;
            }
            throw new SbomException(XmlInput.reason(e), e);
        } catch (RuntimeException e) {
            // the parser of the JDK throws some for input that it does not expect
            throw new SbomException("it is no XML that can be read: " + e, e);
        }
    }

    private DocumentReading.Read document() throws XMLStreamException, SbomException {
        var version = "";
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD ->
                    throw new SbomException("it has a document type (DTD), and those are not read");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new SbomException("it refers to an entity, and those are not read");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.isEmpty()) {
                        version = version();
                    }
                    start(xml.getLocalName());
                }
                case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                default -> {
                    // text outside the elements that are read, comments, processing instructions
                }
            }
        }
        return document.finish(version, "XML");
    }

    private String version() throws SbomException {
        var namespace = String.valueOf(xml.getNamespaceURI());
        var matcher = NAMESPACE.matcher(namespace);
        if (!xml.getLocalName().equals("bom") || !matcher.matches()) {
            var what = xml.getLocalName().equals("RDF") ? "SPDX in RDF, or other RDF" : "XML";
            throw new SbomException("it is " + what + " with the root element '"
                    + InventoryDraft.shown(xml.getLocalName()) + "' of '"
                    + InventoryDraft.shown(xml.getNamespaceURI() == null ? "" : namespace) + "'; "
                    + Formats.READ_HERE);
        }
        return matcher.group(1);
    }

    private String parent() {
        return open.isEmpty() ? "" : open.getLast();
    }

    private void start(String name) throws XMLStreamException, SbomException {
        if (!name.equals("component")) {
            count(VALUE);
        }
        if (open.size() == limits.nesting()) {
            throw SbomLimits.exceeded("elements in elements", limits.nesting(), "sbom-nesting");
        }
        var parent = parent();
        switch (name) {
            case "component" -> openComponent(parent);
            case "tool", "service" -> {
                toolName = "";
                toolVersion = "";
                open.addLast(name);
            }
            case "license" -> {
                licenseText = "";
                open.addLast(name);
            }
            case "dependency" -> dependency(parent);
            case "property" -> {
                propertyName = attribute("name");
                count(propertyName.length());
                var value = text();
                if (parent.equals("properties") && !components.isEmpty() && isOfComponent("properties")) {
                    components.getLast().component().property(propertyName, value);
                }
            }
            case "group",
                    "name",
                    "version",
                    "description",
                    "purl",
                    "cpe",
                    "id",
                    "expression",
                    "location",
                    "aggregate" -> leaf(name, parent);
            default -> open.addLast(name);
        }
    }

    /// Whether the open element of that name is a direct part of the innermost component.
    private boolean isOfComponent(String name) {
        var names = open.descendingIterator();
        return names.hasNext()
                && names.next().equals(name)
                && names.hasNext()
                && names.next().equals("component");
    }

    private void openComponent(String parent) throws SbomException {
        var component = new CycloneDxComponent();
        component.type = attribute("type");
        component.reference = attribute("bom-ref");
        boolean isTool = open.contains("tools");
        components.addLast(new Opened(component, parent.equals("metadata"), isTool));
        count(component.type.length() + component.reference.length());
        open.addLast("component");
    }

    /// `dependencies/dependency` needs each `dependency` in it.
    private void dependency(String parent) throws SbomException {
        var reference = attribute("ref");
        if (parent.equals("dependencies")) {
            dependent = reference;
        } else if (parent.equals("dependency")) {
            document.needs(dependent, reference);
        }
        open.addLast("dependency");
    }

    private String attribute(String name) {
        var value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private void leaf(String name, String parent) throws XMLStreamException, SbomException {
        var text = text().strip();
        switch (parent) {
            case "component" -> {
                var component = components.getLast().component();
                switch (name) {
                    case "group" -> component.group = text;
                    case "name" -> component.name = text;
                    case "version" -> component.version = text;
                    case "description" -> component.description = text;
                    case "purl" -> component.packageUrl = text;
                    case "cpe" -> component.cpe = text;
                    default -> {
                        // what other versions may put here
                    }
                }
            }
            case "license" -> {
                if (name.equals("id") || (name.equals("name") && licenseText.isEmpty())) {
                    licenseText = text;
                }
            }
            case "licenses" -> {
                if (name.equals("expression") && !components.isEmpty() && isOfComponent("licenses")) {
                    components.getLast().component().licenses.add(text);
                }
            }
            case "occurrence" -> {
                if (name.equals("location") && !components.isEmpty()) {
                    components.getLast().component().occurrences.add(text);
                }
            }
            case "tool", "service" -> {
                toolName = name.equals("name") ? text : toolName;
                toolVersion = name.equals("version") ? text : toolVersion;
            }
            case "composition" -> {
                if (name.equals("aggregate")) {
                    document.composition(text);
                }
            }
            default -> {
                // the same names elsewhere, such as an author's
            }
        }
    }

    /// Counts what is held of the components that are open.
    private void count(long more) throws SbomException {
        if (components.isEmpty()) {
            return;
        }
        components.getLast().component().held += more;
        characters += more;
        if (characters > limits.text()) {
            throw SbomLimits.exceeded("characters of components that are not closed", limits.text(), "sbom-text");
        }
    }

    /// The text of the element that has just begun, to its end; elements in it are passed over.
    private String text() throws XMLStreamException, SbomException {
        var text = new StringBuilder();
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > limits.nesting()) {
                        throw SbomLimits.exceeded("elements in elements", limits.nesting(), "sbom-nesting");
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (text.length() + xml.getTextLength() > limits.text()) {
                        throw SbomLimits.exceeded("characters in one text", limits.text(), "sbom-text");
                    }
                    if (depth == 1) {
                        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new SbomException("it refers to an entity, and those are not read");
                default -> {
                    // comments
                }
            }
        }
        count(text.length());
        return text.toString();
    }

    private void end(String name) throws SbomException {
        open.removeLast();
        switch (name) {
            case "component" -> closeComponent(components.removeLast());
            case "license" -> {
                if (!licenseText.isEmpty() && !components.isEmpty() && isOfComponent("licenses")) {
                    components.getLast().component().licenses.add(licenseText);
                }
            }
            case "author", "lifecycle", "manufacturer", "timestamp" -> statement(name);
            case "tool", "service" -> {
                if (parent().equals("tools") || open.contains("tools")) {
                    document.draft().tool(toolName, toolVersion);
                }
            }
            default -> {
                // nothing ends with it
            }
        }
    }

    /// What stands in `metadata`; elsewhere such elements tell of components.
    private void statement(String name) {
        var path = List.copyOf(open);
        if ((path.equals(List.of("bom", "metadata", "authors")) && name.equals("author"))
                || (path.equals(List.of("bom", "metadata")) && name.equals("manufacturer"))) {
            document.draft().states(Statement.AUTHOR, name);
        } else if (path.equals(List.of("bom", "metadata")) && name.equals("timestamp")) {
            document.draft().states(Statement.TIMESTAMP, name);
        } else if (path.equals(List.of("bom", "metadata", "lifecycles")) && name.equals("lifecycle")) {
            document.draft().states(Statement.GENERATION_CONTEXT, name);
        }
    }

    private void closeComponent(Opened closed) throws SbomException {
        var component = closed.component();
        characters -= component.held;
        if (closed.isTool()) {
            document.draft().tool(component.name, component.version);
        } else if (closed.isSubject()) {
            document.subject(component);
        } else if (PATH_OF_COMPONENTS.containsAll(open)) {
            // elsewhere (pedigree, formulation) stands what a component was made of, not what is in the image
            document.component("component " + number++, component);
        }
    }
}
