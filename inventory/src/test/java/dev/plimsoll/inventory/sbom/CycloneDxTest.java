package dev.plimsoll.inventory.sbom;

import static dev.plimsoll.inventory.sbom.Documents.DIGEST;
import static dev.plimsoll.inventory.sbom.Documents.OTHER_DIGEST;
import static dev.plimsoll.inventory.sbom.Documents.cycloneDx;
import static dev.plimsoll.inventory.sbom.Documents.cycloneDxComponents;
import static dev.plimsoll.inventory.sbom.Documents.only;
import static dev.plimsoll.inventory.sbom.Documents.purls;
import static dev.plimsoll.inventory.sbom.Documents.read;
import static dev.plimsoll.inventory.sbom.Documents.unknowns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import dev.plimsoll.purl.PackageType;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CycloneDxTest {

    /// What every document of this class says, in both encodings.
    private static final String JSON = cycloneDx("""
            "metadata":{"tools":{"components":[{"type":"application","name":"some-tool","version":"2"}]},
              "component":{"type":"container","name":"registry.example/shop/web:1.4","version":"x",
                "purl":"pkg:oci/web@%s?repository_url=registry.example/shop/web&tag=1.4"}},
            "components":[
              {"type":"operating-system","name":"debian","version":"12","description":"Debian 12"},
              {"type":"library","bom-ref":"a","name":"libssl3","version":"3.0.11-1",
               "purl":"pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl",
               "licenses":[{"license":{"id":"Apache-2.0"}},{"license":{"name":"Own"}}]},
              {"type":"library","group":"@babel","name":"core","version":"7.1.0","purl":"pkg:npm/%%40babel/core@7.1.0",
               "licenses":[{"expression":"MIT OR Apache-2.0"}],
               "evidence":{"occurrences":[{"location":"/srv/app/package.json"}]},
               "components":[{"type":"library","name":"inner","version":"1","purl":"pkg:npm/inner@1",
                 "pedigree":{"ancestors":[{"type":"library","name":"older","version":"0","purl":"pkg:npm/older@0"}]}}]},
              {"type":"file","name":"/etc/passwd"},
              {"type":"library","name":"nameless","version":"3"}]
            """.formatted(DIGEST));

    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <b:bom xmlns:b="http://cyclonedx.org/schema/bom/1.6" version="1">
              <b:metadata>
                <b:tools><b:components><b:component type="application"><b:name>some-tool</b:name><b:version>2</b:version>
                  </b:component></b:components></b:tools>
                <b:component type="container"><b:name>registry.example/shop/web:1.4</b:name><b:version>x</b:version>
                  <b:purl>pkg:oci/web@%s?repository_url=registry.example/shop/web&amp;tag=1.4</b:purl></b:component>
              </b:metadata>
              <b:components>
                <b:component type="operating-system"><b:name>debian</b:name><b:version>12</b:version>
                  <b:description>Debian 12</b:description></b:component>
                <b:component type="library" bom-ref="a"><b:name>libssl3</b:name><b:version>3.0.11-1</b:version>
                  <b:licenses><b:license><b:id>Apache-2.0</b:id></b:license><b:license><b:name>Own</b:name></b:license></b:licenses>
                  <b:purl>pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&amp;distro=debian-12&amp;upstream=<![CDATA[openssl]]></b:purl>
                </b:component>
                <b:component type="library"><b:group>@babel</b:group><b:name>core</b:name><b:version>7.1.0</b:version>
                  <b:licenses><b:expression>MIT OR Apache-2.0</b:expression></b:licenses>
                  <b:purl>pkg:npm/%%40babel/core@7.1.0</b:purl>
                  <b:components><b:component type="library"><b:name>inner</b:name><b:version>1</b:version>
                    <b:purl>pkg:npm/inner@1</b:purl>
                    <b:pedigree><b:ancestors><b:component type="library"><b:name>older</b:name><b:version>0</b:version>
                      <b:purl>pkg:npm/older@0</b:purl></b:component></b:ancestors></b:pedigree></b:component></b:components>
                  <b:evidence><b:occurrences><b:occurrence><b:location>/srv/app/package.json</b:location></b:occurrence>
                    </b:occurrences></b:evidence>
                </b:component>
                <b:component type="file"><b:name>/etc/passwd</b:name></b:component>
                <b:component type="library"><b:name>nameless</b:name><b:version>3</b:version></b:component>
              </b:components>
            </b:bom>
            """.formatted(DIGEST);

    static java.util.stream.Stream<String> both() {
        return java.util.stream.Stream.of(JSON, XML);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("both")
    void saysWhatThereIs(String text) {
        var inventory = read(text);

        assertThat(purls(inventory))
                .containsExactly(
                        "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl",
                        "pkg:npm/%40babel/core@7.1.0",
                        "pkg:npm/inner@1");
        var openssl = inventory.packages().getFirst();
        assertThat(openssl.type()).isEqualTo(PackageType.DEB);
        assertThat(openssl.name()).isEqualTo("libssl3");
        assertThat(openssl.source()).contains(new SourcePackage("openssl", "3.0.11-1"));
        assertThat(openssl.architecture()).isEqualTo("amd64");
        assertThat(openssl.licenses()).containsExactly("Apache-2.0", "Own");
        assertThat(openssl.layer()).isEmpty();
        assertThat(openssl.locations()).isEmpty();
        var babel = inventory.packages().get(1);
        assertThat(babel.name()).isEqualTo("@babel/core");
        assertThat(babel.licenses()).containsExactly("MIT OR Apache-2.0");
        assertThat(babel.locations()).containsExactly(new Location("srv/app/package.json", OptionalInt.empty()));
        assertThat(inventory.distribution().orElseThrow().release()).hasToString("debian:12");
        assertThat(inventory.distribution().orElseThrow().prettyName()).isEqualTo("Debian 12");
        assertThat(unknowns(inventory))
                .singleElement()
                .asString()
                .endsWith("(nameless 3): has no package URL, so nothing can be looked up for it");

        var image = inventory.image();
        assertThat(image.transport()).isEqualTo("sbom");
        assertThat(image.names()).containsExactly("registry.example/shop/web:1.4");
        assertThat(image.repoDigests()).containsExactly("registry.example/shop/web@" + DIGEST);
        assertThat(image.manifestDigest()).map(Digest::toString).contains(DIGEST);
        assertThat(image.id()).isEmpty();
        assertThat(image.configuration()).isEmpty();
        assertThat(image.layersKnown()).isFalse();
        assertThat(image.verified()).isFalse();
        assertThat(inventory.files()).isEmpty();

        var document = inventory.document().orElseThrow();
        assertThat(document.format()).startsWith("CycloneDX 1.6 ");
        assertThat(document.tools()).containsExactly("some-tool 2");
        assertThat(document.unidentified()).isEqualTo(1);
        assertThat(document.unsaid()).containsExactly(PackageFact.OWNERSHIP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4", "1.5", "1.6", "1.7"})
    void readsTheseVersions(String version) {
        assertThat(read(JSON.replace("\"1.6\"", "\"" + version + "\""))
                        .document()
                        .orElseThrow()
                        .format())
                .isEqualTo("CycloneDX " + version + " JSON");
        assertThat(read(XML.replace("/1.6\"", "/" + version + "\""))
                        .document()
                        .orElseThrow()
                        .format())
                .isEqualTo("CycloneDX " + version + " XML");
    }

    @Test
    void toolsOf14AreAListOfTheirOwn() {
        assertThat(read(cycloneDx(
                                "\"metadata\":{\"tools\":[{\"vendor\":\"a\",\"name\":\"syft\",\"version\":\"0.9\"}]}"))
                        .document()
                        .orElseThrow()
                        .tools())
                .containsExactly("syft 0.9");
        assertThat(read("<bom xmlns='http://cyclonedx.org/schema/bom/1.4'><metadata><tools><tool><vendor>a</vendor>"
                                + "<name>syft</name><version>0.9</version></tool></tools></metadata></bom>")
                        .document()
                        .orElseThrow()
                        .tools())
                .containsExactly("syft 0.9");
    }

    @Test
    void readsThePropertiesOfSyft() {
        var inventory = read(cycloneDx("""
                "metadata":{"tools":{"components":[{"name":"syft","version":"1"}]},
                  "component":{"type":"container","bom-ref":"x","name":"/some/path","version":"%s"}},
                "components":[
                  {"type":"operating-system","name":"Debian","version":"x","properties":[
                    {"name":"syft:distro:id","value":"debian"},{"name":"syft:distro:versionID","value":"12.5"},
                    {"name":"syft:distro:versionCodename","value":"bookworm"},
                    {"name":"syft:distro:prettyName","value":"Debian GNU/Linux 12 (bookworm)"},
                    {"name":"syft:distro:idLike:0","value":"a"},{"name":"syft:distro:idLike:1","value":"b"}]},
                  {"type":"library","name":"bash","version":"5","purl":"pkg:deb/debian/bash@5?arch=amd64","properties":[
                    {"name":"syft:location:1:path","value":"/usr/share/doc/bash/copyright"},
                    {"name":"syft:location:0:path","value":"/var/lib/dpkg/status"},
                    {"name":"syft:location:0:layerID","value":"%s"},
                    {"name":"syft:metadata:modularityLabel","value":"m:1"}]},
                  {"type":"application","name":"prog","version":"1","properties":[
                    {"name":"syft:package:type","value":"binary"}]},
                  {"type":"library","name":"baz","version":"UNKNOWN","purl":"pkg:npm/baz"}]
                """.formatted(DIGEST, OTHER_DIGEST)));

        var distribution = inventory.distribution().orElseThrow();
        assertThat(distribution.id()).isEqualTo("debian");
        assertThat(distribution.versionId()).isEqualTo("12.5");
        assertThat(distribution.codename()).isEqualTo("bookworm");
        assertThat(distribution.like()).containsExactly("a", "b");
        assertThat(only(inventory).locations())
                .extracting(Location::path)
                .containsExactly("usr/share/doc/bash/copyright", "var/lib/dpkg/status");
        assertThat(only(inventory).source())
                .as("Syft names a source package wherever it is another")
                .contains(new SourcePackage("bash", "5"));
        assertThat(only(inventory).modularity()).isEqualTo("m:1");
        assertThat(inventory.image().manifestDigest()).map(Digest::toString).contains(DIGEST);
        assertThat(inventory.image().names()).isEmpty();
        assertThat(inventory.document().orElseThrow().unidentified()).isZero();
        assertThat(unknowns(inventory)).hasSize(2);
    }

    @Test
    void readsThePropertiesOfTrivy() {
        var inventory = read(cycloneDx("""
                "metadata":{"tools":{"components":[{"group":"aquasecurity","name":"trivy","version":"1"}]},
                  "component":{"type":"container","bom-ref":"x","name":"/some/path.tar","properties":[
                    {"name":"aquasecurity:trivy:ImageID","value":"%s"},
                    {"name":"aquasecurity:trivy:DiffID","value":"%s"},
                    {"name":"aquasecurity:trivy:RepoTag","value":"localhost/web:latest"},
                    {"name":"aquasecurity:trivy:RepoDigest","value":"localhost/web@%s"}]}},
                "components":[
                  {"type":"operating-system","name":"redhat","version":"9.0"},
                  {"type":"application","name":"app/package-lock.json","properties":[
                    {"name":"aquasecurity:trivy:Class","value":"lang-pkgs"}]},
                  {"type":"library","name":"libcap2","version":"1:2.66-4+b1",
                   "purl":"pkg:deb/debian/libcap2@2.66-4%%2Bb1?arch=amd64&epoch=1","properties":[
                    {"name":"aquasecurity:trivy:SrcName","value":"libcap"},
                    {"name":"aquasecurity:trivy:SrcEpoch","value":"1"},
                    {"name":"aquasecurity:trivy:SrcVersion","value":"2.66"},
                    {"name":"aquasecurity:trivy:SrcRelease","value":"4"}]},
                  {"type":"library","name":"nodejs","version":"1:18-1","purl":"pkg:rpm/redhat/nodejs@18-1?epoch=1&modularitylabel=nodejs:18:1"},
                  {"type":"library","name":"lodash","version":"4","purl":"pkg:npm/lodash@4","properties":[
                    {"name":"aquasecurity:trivy:FilePath","value":"app/package.json"}]}]
                """.formatted(DIGEST, OTHER_DIGEST, OTHER_DIGEST)));

        assertThat(inventory.image().id()).map(Digest::toString).contains(DIGEST);
        assertThat(inventory.image().layersKnown())
                .as("Trivy sorts the layers by their digests, so nobody knows their order")
                .isFalse();
        assertThat(inventory.image().names()).containsExactly("localhost/web:latest");
        assertThat(inventory.image().repoDigests()).containsExactly("localhost/web@" + OTHER_DIGEST);
        assertThat(inventory.distribution().orElseThrow().release()).hasToString("rhel:9");
        assertThat(inventory.packages())
                .extracting(item -> item.name() + " " + item.version())
                .containsExactly("libcap2 1:2.66-4+b1", "lodash 4", "nodejs 1:18-1");
        assertThat(inventory.packages().getFirst().source()).contains(new SourcePackage("libcap", "1:2.66-4"));
        assertThat(inventory.packages().get(1).locations())
                .extracting(Location::path)
                .containsExactly("app/package.json");
        assertThat(inventory.packages().get(2).modularity()).isEqualTo("nodejs:18:1");
        assertThat(inventory.unknowns()).isEmpty();
    }

    @Test
    void readsOurOwnProperties() {
        var inventory = read(cycloneDx("""
                "metadata":{"tools":{"components":[{"name":"plimsoll","version":"1"}]},
                  "component":{"type":"container","bom-ref":"%s","name":"a/b:1","version":"%s"}},
                "components":[{"type":"library","name":"requests","version":"2","purl":"pkg:pypi/requests@2","properties":[
                    {"name":"plimsoll:location","value":"/usr/lib/METADATA"},
                    {"name":"plimsoll:owned-by","value":"pkg:deb/debian/python3-requests@2"}]}]
                """.formatted(DIGEST, OTHER_DIGEST)));

        assertThat(inventory.image().id()).map(Digest::toString).contains(DIGEST);
        assertThat(inventory.image().manifestDigest()).map(Digest::toString).contains(OTHER_DIGEST);
        assertThat(only(inventory).ownedBy().orElseThrow()).hasToString("pkg:deb/debian/python3-requests@2");
        assertThat(inventory.document().orElseThrow().unsaid()).containsExactly(PackageFact.LICENSES);
    }

    /// Nobody can say that libssl3 has none of openssl's vulnerabilities if nobody says that it is openssl.
    @Test
    void packagesOfDistributionsWithoutAnySourceAreNotTakenForTheirOwn() {
        var inventory = read(
                cycloneDxComponents(
                        "{\"type\":\"library\",\"name\":\"libssl3\",\"version\":\"3\",\"purl\":\"pkg:deb/debian/libssl3@3?distro=debian-12\"}"));

        assertThat(inventory.document().orElseThrow().unsaid()).contains(PackageFact.SOURCE_PACKAGES);
        assertThat(unknowns(inventory))
                .containsExactly("the document: it names no source package for any package of the distribution, and"
                        + " advisories speak of those");
        assertThat(only(inventory).source()).isEmpty();
        assertThat(inventory.distribution().orElseThrow().release()).hasToString("debian:12");
    }

    @Test
    void theSamePackageInSeveralPlacesIsOne() {
        var component =
                "{\"type\":\"library\",\"name\":\"a\",\"version\":\"1\",\"purl\":\"pkg:npm/a@1\",\"evidence\":{\"occurrences\":[{\"location\":\"%s\"}]}}";
        var inventory =
                read(cycloneDxComponents(component.formatted("z/package.json"), component.formatted("b/package.json")));

        assertThat(only(inventory).locations())
                .extracting(Location::path)
                .containsExactly("b/package.json", "z/package.json");
    }

    @Test
    void aPackageIsOwnedOnlyWhereAllOfItIs() {
        var owned =
                "{\"type\":\"library\",\"name\":\"a\",\"version\":\"1\",\"purl\":\"pkg:pypi/a@1\",\"properties\":[{\"name\":\"plimsoll:owned-by\",\"value\":\"pkg:deb/debian/python3-a@1\"}]}";
        var free = "{\"type\":\"library\",\"name\":\"a\",\"version\":\"1\",\"purl\":\"pkg:pypi/a@1\"}";

        assertThat(only(read(cycloneDxComponents(owned, owned))).ownedBy()).isPresent();
        assertThat(only(read(cycloneDxComponents(owned, free))).ownedBy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "library, pkg:npm, 1, '(x 1): ''pkg:npm'' is no package URL'",
        "library, x, 1, '(x 1): ''x'' is no package URL'",
        "library, pkg:npm/x, '', '(x): has no version, so nothing can be compared'",
        "framework, '', 1, '(x 1): has no package URL, so nothing can be looked up for it'",
        "'', '', 1, '(x 1): has no package URL, so nothing can be looked up for it'",
    })
    void whatNobodyCanLookUpIsUnknown(String type, String purl, String version, String reason) {
        var inventory = read(cycloneDxComponents(
                "{\"type\":\"%s\",\"name\":\"x\",\"version\":\"%s\",\"purl\":\"%s\"}".formatted(type, version, purl)));

        assertThat(inventory.packages()).isEmpty();
        assertThat(unknowns(inventory)).containsExactly("components/0 " + reason);
        assertThat(inventory.document().orElseThrow().unidentified()).isEqualTo(1);
    }

    @Test
    void aVersionBesideThePackageUrlIsItsVersion() {
        assertThat(
                        purls(
                                read(
                                        cycloneDxComponents(
                                                "{\"type\":\"library\",\"name\":\"x\",\"version\":\"1:2-3\",\"purl\":\"pkg:rpm/fedora/x?arch=noarch\"}"))))
                .containsExactly("pkg:rpm/fedora/x@2-3?arch=noarch&epoch=1");
    }

    @Test
    void typesThatAreNotKnownAreCountedAndImagesInImagesAreNotLookedInto() {
        var inventory = read(cycloneDxComponents(
                "{\"type\":\"library\",\"name\":\"x\",\"version\":\"1\",\"purl\":\"pkg:qpkg/x@1\"}",
                "{\"type\":\"library\",\"name\":\"y\",\"version\":\"1\",\"purl\":\"pkg:qpkg/y@1\"}",
                "{\"type\":\"container\",\"name\":\"z\",\"version\":\"1\",\"purl\":\"pkg:oci/z@sha256%3Aab\"}"));

        assertThat(unknowns(inventory))
                .containsExactly(
                        "2 packages of type qpkg: Plimsoll does not know this type of package URL",
                        "components/2 (z 1): is an image in the image, which is not looked into");
        assertThat(inventory.document().orElseThrow().unidentified()).isZero();
    }

    @Test
    void aDocumentThatSaysThatItLacksSomethingIsNotTakenForWhole() {
        assertThat(read(cycloneDx("\"compositions\":[{\"aggregate\":\"incomplete_first_party_only\"}]"))
                        .document()
                        .orElseThrow()
                        .unidentified())
                .isEqualTo(1);
        assertThat(read(cycloneDx("\"compositions\":[{\"aggregate\":\"complete\"}]"))
                        .document()
                        .orElseThrow()
                        .unidentified())
                .isZero();
        assertThat(read("<bom xmlns='http://cyclonedx.org/schema/bom/1.4'><compositions><composition>"
                                + "<aggregate>incomplete</aggregate></composition></compositions></bom>")
                        .document()
                        .orElseThrow()
                        .unidentified())
                .isEqualTo(1);
    }

    @Test
    void theSubjectOfASourceTreeIsAPackageAndSoIsWhatIsInIt() {
        assertThat(
                        purls(
                                read(
                                        cycloneDx(
                                                "\"metadata\":{\"component\":{\"type\":\"application\",\"name\":\"app\",\"version\":\"1\",\"purl\":\"pkg:npm/app@1\","
                                                        + "\"components\":[{\"type\":\"library\",\"name\":\"in\",\"version\":\"1\",\"purl\":\"pkg:npm/in@1\"}]}}"))))
                .containsExactly("pkg:npm/app@1", "pkg:npm/in@1");
    }
}
