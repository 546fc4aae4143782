package dev.plimsoll.inventory.sbom;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonReader.ElementTaker;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Documents in JSON. Which format one has may stand at its end, so that the long lists of all formats are taken as
/// they come, element by element, and only what is short is kept until the format is known.
final class JsonDocument {

    /// In values, of all that is kept together, and of each element of a list.
    private static final int MAX_VALUES = 1_000_000;

    private static final Set<String> KEPT = Set.of(
            "bomFormat",
            "specVersion",
            "metadata",
            "compositions",
            "spdxVersion",
            "creationInfo",
            "documentDescribes",
            "schema",
            "source",
            "distro",
            "descriptor",
            "plimsoll",
            "@context",
            "predicateType",
            "payloadType");

    private final CycloneDxJson cycloneDx;
    private final SpdxJson spdx;
    private final Spdx3Graph graph;
    private final SyftJson syft;

    private JsonDocument(SbomLimits limits) {
        this.cycloneDx = new CycloneDxJson(limits);
        this.spdx = new SpdxJson(limits);
        this.graph = new Spdx3Graph(limits);
        this.syft = new SyftJson(limits);
    }

    static DocumentReading.Read read(InputStream in, SbomLimits limits) throws IOException {
        return new JsonDocument(limits).read(in, limits.bytes());
    }

    private DocumentReading.Read read(InputStream in, long bytes) throws IOException {
        var jsonLimits = JsonLimits.FOREIGN.withBytes(bytes);
        Map<String, ElementTaker> lists = new HashMap<>();
        lists.put("components", taker(cycloneDx.draft(), "components", cycloneDx::component));
        lists.put("packages", taker(spdx.draft(), "packages", spdx::item));
        lists.put("relationships", taker(spdx.draft(), "relationships", spdx::relationship));
        lists.put("artifacts", taker(syft.draft(), "artifacts", syft::artifact));
        lists.put("artifactRelationships", taker(syft.draft(), "artifactRelationships", syft::relationship));
        lists.put("dependencies", taker(cycloneDx.draft(), "dependencies", cycloneDx::dependency));
        lists.put("@graph", taker(graph.draft(), "@graph", graph::element));
        return format(JsonReader.readObject(in, jsonLimits, KEPT, lists, MAX_VALUES));
    }

    private DocumentReading.Read format(JsonObject root) throws SbomException {
        if (root.string("bomFormat").orElse("").equals("CycloneDX")) {
            return cycloneDx.finish(root);
        }
        if (root.string("spdxVersion").isPresent()) {
            return spdx.finish(root);
        }
        if (Spdx3Graph.isOne(root)) {
            return graph.finish(root);
        }
        if (SyftJson.isOne(root)) {
            return syft.finish(root);
        }
        throw new SbomException(whatItIs(root) + "; " + Formats.READ_HERE);
    }

    private static String whatItIs(JsonObject root) {
        if (root.string("schema").orElse("").contains("plimsoll.dev/schema/inventory")) {
            return "it is Plimsoll's own inventory: write inventory:FILE";
        }
        if (root.string("predicateType").isPresent()
                || root.string("payloadType").isPresent()) {
            return "it is an attestation: give the document that it attests (its predicate)";
        }
        var names = new TreeSet<String>();
        root.members().keySet().forEach(name -> names.add(InventoryDraft.shown(name)));
        return names.isEmpty()
                ? "it is a JSON object without any member that tells its format"
                : "it is a JSON object with " + String.join(", ", names) + ", which tell no format";
    }

    /// Takes an element of a list.
    @FunctionalInterface
    private interface Part {
        void take(int index, JsonObject element) throws SbomException;
    }

    private static ElementTaker taker(InventoryDraft draft, String list, Part part) {
        return (index, value) -> {
            try {
                if (value instanceof JsonObject object) {
                    part.take(index, object);
                } else {
                    draft.unidentified(list + "/" + index, "is no object but a JSON " + value.typeName());
                }
            } catch (SbomException e) {
                throw new JsonException(String.valueOf(e.getMessage()), e);
            }
        };
    }

    /// A JSON object in a text of a document; empty where it is none.
    static Optional<JsonObject> object(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return JsonReader.read(text, JsonLimits.FOREIGN) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonException _) {
            return Optional.empty();
        }
    }

    /// The lists of texts that are members of the object.
    static Map<String, List<String>> lists(JsonObject object) {
        var lists = new TreeMap<String, List<String>>();
        object.members().keySet().forEach(name -> {
            var texts = object.strings(name);
            if (!texts.isEmpty()) {
                lists.put(name, texts);
            }
        });
        return lists;
    }

    /// The whole number of a member, or -1.
    static long number(JsonObject object, String name) {
        return object.number(name)
                .filter(number -> number.signum() >= 0
                        && number.precision() - number.scale() < 18
                        && number.stripTrailingZeros().scale() <= 0)
                .map(java.math.BigDecimal::longValue)
                .orElse(-1L);
    }
}
