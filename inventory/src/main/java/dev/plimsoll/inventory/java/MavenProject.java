package dev.plimsoll.inventory.java;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/// What a `pom.xml` says of the artifacts that its project asks for. Profiles and plugins are not looked at.
///
/// Source: Maven, "POM Reference".
final class MavenProject {

    /// In elements of one file.
    static final int MAX_ELEMENTS = 500_000;

    /// How often a property may stand for another one.
    static final int MAX_RESOLUTIONS = 20;

    /// In characters, of a resolved text: properties that hold properties twice grow without end.
    static final int MAX_TEXT = 1_000;

    private static final Pattern DECLARED_LATIN =
            Pattern.compile("^<\\?xml[^>]{0,200}encoding\\s*=\\s*[\"'](?:ISO-8859-1|iso-8859-1|windows-1252)[\"']");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]{1,200})\\}");

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> managed = new HashMap<>();
    private final List<Dependency> dependencies = new ArrayList<>();

    private MavenProject() {}

    /// Texts as they are written, references to properties included.
    record Dependency(String group, String artifact, String version, String scope, boolean optional) {}

    static MavenProject read(byte[] xml) throws XMLStreamException {
        var project = new MavenProject();
        // Of bytes that are none of the encoding the parser would complain on standard error.
        var text = new String(xml, encoding(xml));
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("an external entity, which is not read");
        });
        var reader =
                factory.createXMLStreamReader(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text));
        try {
            project.read(reader);
        } finally {
            reader.close();
        }
        return project;
    }

    private static Charset encoding(byte[] xml) {
        var beginning = new String(xml, 0, Math.min(xml.length, 300), StandardCharsets.ISO_8859_1);
        return DECLARED_LATIN.matcher(beginning).find() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    private void read(javax.xml.stream.XMLStreamReader reader) throws XMLStreamException {
        var path = new ArrayDeque<String>();
        var text = new StringBuilder();
        var entry = new HashMap<String, String>();
        var elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MAX_ELEMENTS) {
                        throw new XMLStreamException("over " + MAX_ELEMENTS + " elements");
                    }
                    if (path.isEmpty() && !reader.getLocalName().equals("project")) {
                        throw new XMLStreamException("its root is '" + reader.getLocalName() + "'");
                    }
                    path.addLast(reader.getLocalName());
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (text.length() < MAX_TEXT) {
                        text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (path.size() <= DEEPEST) {
                        element(String.join("/", path), text.toString().strip(), entry);
                    }
                    path.removeLast();
                    text.setLength(0);
                }
                default -> {} // comments, instructions
            }
        }
    }

    /// `project/dependencyManagement/dependencies/dependency/version`.
    private static final int DEEPEST = 5;

    private void element(String path, String text, Map<String, String> entry) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var parent = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        switch (parent) {
            case "project", "project/parent" -> {
                if (!text.isEmpty()
                        && List.of("groupId", "artifactId", "version").contains(name)) {
                    properties.put(path.replace('/', '.'), text);
                }
            }
            case "project/properties" -> properties.put(name, text);
            case "project/dependencies/dependency", "project/dependencyManagement/dependencies/dependency" ->
                entry.put(name, text);
            case "project/dependencies" -> {
                dependencies.add(new Dependency(
                        entry.getOrDefault("groupId", ""),
                        entry.getOrDefault("artifactId", ""),
                        entry.getOrDefault("version", ""),
                        entry.getOrDefault("scope", ""),
                        entry.getOrDefault("optional", "").equals("true")));
                entry.clear();
            }
            case "project/dependencyManagement/dependencies" -> {
                managed.put(
                        entry.getOrDefault("groupId", "") + ":" + entry.getOrDefault("artifactId", ""),
                        entry.getOrDefault("version", ""));
                entry.clear();
            }
            default -> {} // other parts of a project
        }
    }

    List<Dependency> dependencies() {
        return List.copyOf(dependencies);
    }

    /// Its own version, or the one that the project settles for all; empty where the file does not say.
    String version(Dependency dependency) {
        return resolved(
                dependency.version().isEmpty()
                        ? managed.getOrDefault(dependency.group() + ":" + dependency.artifact(), "")
                        : dependency.version());
    }

    /// The text with the project's own properties put in; empty where one is not known here.
    String resolved(String text) {
        var result = text;
        for (int i = 0; i < MAX_RESOLUTIONS && result.length() <= MAX_TEXT; i++) {
            var reference = REFERENCE.matcher(result);
            if (!reference.find()) {
                return result;
            }
            var value = property(reference.group(1));
            result = value.isEmpty()
                    ? ""
                    : result.substring(0, reference.start()) + value + result.substring(reference.end());
        }
        return "";
    }

    private String property(String name) {
        var of = name.startsWith("pom.") ? "project." + name.substring("pom.".length()) : name;
        var value = properties.getOrDefault(of, "");
        return value.isEmpty() && of.startsWith("project.")
                ? properties.getOrDefault("project.parent." + of.substring("project.".length()), "")
                : value;
    }
}
