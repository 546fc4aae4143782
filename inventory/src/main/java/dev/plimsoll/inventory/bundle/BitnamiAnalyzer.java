package dev.plimsoll.inventory.bundle;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.sbom.SbomReader;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What Bitnami unpacked into an image: the SPDX document of each of its packages, and the older list of components.
/// Packages of a distribution that a document names are left to the distribution's own database.
///
/// Source: Bitnami, `bitnami/containers` (`/opt/bitnami/.bitnami_components.json`,
/// `/opt/bitnami/NAME/.spdx-NAME.spdx`);
/// SPDX 2.3. Stateless: one instance serves all threads.
public final class BitnamiAnalyzer implements Analyzer {

    /// In bytes of the list of components.
    static final int MAX_LIST = 1 << 20;

    /// In bytes of one document.
    static final int MAX_DOCUMENT = 32 << 20;

    private static final String LIST = ".bitnami_components.json";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "bitnami-components",
                    1,
                    "Bitnami",
                    WantedPaths.of("opt/bitnami/" + LIST, "opt/bitnami/**/.spdx-*.spdx", "opt/bitnami/.spdx-*.spdx"))
            .yields(PackageType.BITNAMI)
            .gives("architecture, licences, and what a component was built of")
            .limit("a list of components", MAX_LIST, "bytes")
            .limit("a document", MAX_DOCUMENT, "bytes")
            .source("SPDX 2.3; bitnami/containers")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        if (file.path().endsWith("/" + LIST)) {
            components(file, facts);
        } else {
            document(file, facts);
        }
    }

    private static void components(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_LIST, "the list is", facts);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            if (!(JsonReader.read(bytes.get(), JsonLimits.FOREIGN) instanceof JsonObject list)) {
                facts.unknown("", "it is no JSON object");
                return;
            }
            list.members().keySet().forEach(name -> component(name, list.object(name), facts));
        } catch (JsonException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }

    private static void component(String name, JsonObject component, FactSink facts) {
        var version = component.string("version").orElse("").strip();
        if (name.isBlank() || version.isEmpty()) {
            facts.unknown(name, "a component without name or version");
            return;
        }
        var qualifiers = new TreeMap<>(Map.of(
                "arch", component.string("arch").orElse(""),
                "distro", component.string("distro").orElse("")));
        qualifiers.values().removeIf(String::isBlank);
        facts.add(PackageFound.ofLanguage(PackageType.BITNAMI, "", name.strip(), version, List.of(), "")
                .withQualifiers(qualifiers));
    }

    private static void document(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_DOCUMENT, "the document is", facts);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            var read = SbomReader.read(new java.io.ByteArrayInputStream(bytes.get()), "/" + file.path());
            read.packages().stream()
                    .filter(found -> !found.type().ofDistribution())
                    .forEach(found -> facts.add(fact(found)));
            read.unknowns().forEach(unknown -> facts.unknown(unknown.place(), unknown.reason()));
        } catch (ImageException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }

    private static PackageFound fact(ImagePackage found) {
        return new PackageFound(
                found.type(),
                found.purl().namespace(),
                found.purl().name(),
                found.version(),
                found.source(),
                found.architecture(),
                found.modularity(),
                Evidence.INSTALLED,
                "",
                found.purl().qualifiers(),
                found.licenses(),
                List.of(),
                found.cpes(),
                List.of(),
                found.properties(),
                "");
    }
}
