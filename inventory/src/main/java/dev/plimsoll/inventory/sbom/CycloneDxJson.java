package dev.plimsoll.inventory.sbom;

import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.ArrayDeque;
import java.util.List;

/// CycloneDX in JSON.
///
/// Source: CycloneDX 1.4 to 1.7, JSON reference.
final class CycloneDxJson {

    private final CycloneDxDocument document;
    private final int nesting;

    CycloneDxJson(SbomLimits limits) {
        this.document = new CycloneDxDocument(limits);
        this.nesting = limits.nesting();
    }

    InventoryDraft draft() {
        return document.draft();
    }

    /// An element of `components`, with those in it.
    void component(int index, JsonObject element) throws SbomException {
        withNested("components/" + index, element);
    }

    /// An element of `dependencies`.
    void dependency(int index, JsonObject element) throws SbomException {
        var from = element.string("ref").orElse("");
        for (var to : element.strings("dependsOn")) {
            document.needs(from, to);
        }
    }

    private record Waiting(String place, JsonObject element, int depth) {}

    private void withNested(String place, JsonObject root) throws SbomException {
        var waiting = new ArrayDeque<Waiting>();
        waiting.add(new Waiting(place, root, 1));
        while (!waiting.isEmpty()) {
            var next = waiting.poll();
            document.component(next.place(), read(next.element()));
            nested(next, waiting);
        }
    }

    private void nested(Waiting parent, ArrayDeque<Waiting> waiting) throws SbomException {
        var children = parent.element().array("components");
        if (!children.isEmpty() && parent.depth() == nesting) {
            throw SbomLimits.exceeded("components in components", nesting, "sbom-nesting");
        }
        for (int i = 0; i < children.size(); i++) {
            var place = parent.place() + "/components/" + i;
            if (children.get(i) instanceof JsonObject object) {
                waiting.add(new Waiting(place, object, parent.depth() + 1));
            } else {
                draft().unidentified(
                                place,
                                "is no object but a JSON " + children.get(i).typeName());
            }
        }
    }

    private static CycloneDxComponent read(JsonObject element) {
        var component = new CycloneDxComponent();
        component.type = element.string("type").orElse("");
        component.reference = element.string("bom-ref").orElse("");
        component.group = element.string("group").orElse("");
        component.name = element.string("name").orElse("");
        component.version = element.string("version").orElse("");
        component.description = element.string("description").orElse("");
        component.packageUrl = element.string("purl").orElse("");
        component.cpe = element.string("cpe").orElse("");
        for (var choice : element.objects("licenses")) {
            var license = choice.object("license");
            choice.string("expression")
                    .or(() -> license.string("id"))
                    .or(() -> license.string("name"))
                    .ifPresent(component.licenses::add);
        }
        for (var property : element.objects("properties")) {
            property.string("name")
                    .ifPresent(key ->
                            component.property(key, property.string("value").orElse("")));
        }
        for (var occurrence : element.object("evidence").objects("occurrences")) {
            occurrence.string("location").ifPresent(component.occurrences::add);
        }
        return component;
    }

    DocumentReading.Read finish(JsonObject root) throws SbomException {
        var metadata = root.object("metadata");
        // until 1.4 a list of tools, then an object with components and services as well
        tools(metadata.objects("tools"));
        tools(metadata.object("tools").objects("components"));
        tools(metadata.object("tools").objects("services"));
        draft().states(Statement.TIMESTAMP, metadata.string("timestamp").orElse(""));
        for (var author : metadata.objects("authors")) {
            draft().states(
                            Statement.AUTHOR,
                            author.string("name")
                                    .or(() -> author.string("email"))
                                    .orElse(""));
        }
        draft().states(
                        Statement.AUTHOR,
                        metadata.object("manufacturer").string("name").orElse(""));
        for (var lifecycle : metadata.objects("lifecycles")) {
            draft().states(
                            Statement.GENERATION_CONTEXT,
                            lifecycle
                                    .string("phase")
                                    .or(() -> lifecycle.string("name"))
                                    .orElse(""));
        }
        var subject = metadata.object("component");
        if (!subject.members().isEmpty()) {
            document.subject(read(subject));
            var waiting = new ArrayDeque<Waiting>();
            nested(new Waiting("metadata/component", subject, 1), waiting);
            for (var child : waiting) {
                withNested(child.place(), child.element());
            }
        }
        for (var composition : root.objects("compositions")) {
            document.composition(composition.string("aggregate").orElse(""));
        }
        return document.finish(root.string("specVersion").orElse(""), "JSON");
    }

    private void tools(List<JsonObject> tools) {
        for (var tool : tools) {
            draft().tool(tool.string("name").orElse(""), tool.string("version").orElse(""));
        }
    }
}
