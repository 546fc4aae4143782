package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.sbom.SbomReader;
import dev.plimsoll.report.formats.ReportFormats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Documents that the official library writes, read by us; and our own documents, written and read.
final class CycloneDxOracleTest {

    private static Component component(Component.Type type, String name, String version, String purl) {
        var component = new Component();
        component.setType(type);
        component.setName(name);
        component.setVersion(version);
        if (!purl.isEmpty()) {
            component.setPurl(purl);
        }
        return component;
    }

    private static Bom bom() {
        var license = new License();
        license.setId("Apache-2.0");
        var choice = new LicenseChoice();
        choice.addLicense(license);
        var openssl = component(
                Component.Type.LIBRARY,
                "libssl3",
                "3.0.11-1",
                "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl");
        openssl.setLicenses(choice);
        var property = new Property();
        property.setName("plimsoll:location");
        property.setValue("/var/lib/dpkg/status");
        openssl.addProperty(property);
        var inner = component(Component.Type.LIBRARY, "inner <&>", "1", "pkg:npm/inner@1");
        openssl.addComponent(inner);
        var metadata = new Metadata();
        metadata.setComponent(component(Component.Type.CONTAINER, "registry.example/shop/web:1.4", "x", ""));
        var bom = new Bom();
        bom.setMetadata(metadata);
        bom.addComponent(component(Component.Type.OPERATING_SYSTEM, "debian", "12", ""));
        bom.addComponent(openssl);
        bom.addComponent(component(Component.Type.LIBRARY, "nameless", "3", ""));
        return bom;
    }

    private static void sees(Inventory inventory) {
        assertThat(inventory.packages())
                .extracting(item -> item.purl() + " " + item.licenses() + " "
                        + item.source().isPresent() + " " + item.locations().size())
                .containsExactly(
                        "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl [Apache-2.0] true 1",
                        "pkg:npm/inner@1 [] false 0");
        assertThat(inventory.image().names()).containsExactly("registry.example/shop/web:1.4");
        assertThat(inventory.distribution().orElseThrow().release()).hasToString("debian:12");
        assertThat(inventory.document().orElseThrow().unidentified()).isEqualTo(1);
    }

    private static Inventory read(String text) throws Exception {
        return SbomReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    }

    /// The library does not write 1.7 yet.
    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"VERSION_14", "VERSION_15", "VERSION_16"})
    void readsWhatTheLibraryWrites(Version version) throws Exception {
        sees(read(BomGeneratorFactory.createJson(version, bom()).toJsonString()));
        sees(read(BomGeneratorFactory.createXml(version, bom()).toXmlString()));
    }

    @Test
    void readsWhatWeWrite() throws Exception {
        var result = Results.counted();
        var out = new ByteArrayOutputStream();
        ReportFormats.named("cyclonedx-json").orElseThrow().write(result, Presentation.PLAIN, out);
        var read = SbomReader.read(new ByteArrayInputStream(out.toByteArray()), "test");

        assertThat(read.packages())
                .extracting(item -> List.of(
                        item.purl(), item.name(), item.version(), item.source(), item.licenses(), item.modularity()))
                .containsExactlyElementsOf(result.inventory().packages().stream()
                        .map(item -> List.<Object>of(
                                item.purl(),
                                item.name(),
                                item.version(),
                                item.source(),
                                item.licenses(),
                                item.modularity()))
                        .toList());
        assertThat(read.image().id()).isEqualTo(result.inventory().image().id());
        assertThat(read.image().manifestDigest())
                .isEqualTo(result.inventory().image().manifestDigest());
    }
}
