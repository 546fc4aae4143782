package dev.plimsoll.inventory.sbom;

import static dev.plimsoll.inventory.sbom.Documents.DIGEST;
import static dev.plimsoll.inventory.sbom.Documents.OTHER_DIGEST;
import static dev.plimsoll.inventory.sbom.Documents.only;
import static dev.plimsoll.inventory.sbom.Documents.purls;
import static dev.plimsoll.inventory.sbom.Documents.read;
import static dev.plimsoll.inventory.sbom.Documents.spdx;
import static dev.plimsoll.inventory.sbom.Documents.unknowns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.SourceDocument.PackageFact;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SpdxTest {

    /// What the documents of the test say in both encodings.
    private static final String JSON = spdx("""
            {"name":"registry.example/shop/web:1.4","SPDXID":"SPDXRef-Image","versionInfo":"x","downloadLocation":"NOASSERTION",
             "primaryPackagePurpose":"CONTAINER","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl",
             "referenceLocator":"pkg:oci/web@%s?repository_url=registry.example/shop/web"}]},
            {"name":"debian","SPDXID":"SPDXRef-Os","versionInfo":"12","downloadLocation":"NONE",
             "primaryPackagePurpose":"OPERATING-SYSTEM"},
            {"name":"libssl3","SPDXID":"SPDXRef-a","versionInfo":"3.0.11-1","downloadLocation":"NONE",
             "licenseConcluded":"MIT","licenseDeclared":"Apache-2.0",
             "sourceInfo":"acquired package info from DPKG DB: /var/lib/dpkg/status, /usr/share/doc/libssl3/copyright",
             "externalRefs":[{"referenceCategory":"SECURITY","referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a:x"},
               {"referenceCategory":"PACKAGE_MANAGER","referenceType":"http://spdx.org/rdf/references/purl",
                "referenceLocator":"pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl"}]},
            {"name":"click","SPDXID":"SPDXRef-b","versionInfo":"8.1.3","downloadLocation":"NONE",
             "licenseConcluded":"BSD-3-Clause","licenseDeclared":"NOASSERTION",
             "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl",
               "referenceLocator":"pkg:pypi/click@8.1.3"}]},
            {"name":"nameless","SPDXID":"SPDXRef-c","versionInfo":"3","downloadLocation":"NOASSERTION"},
            {"name":"the-tree","SPDXID":"SPDXRef-d","versionInfo":"NOASSERTION","downloadLocation":"NONE"}""".formatted(DIGEST), """
            ,"relationships":[
              {"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-d"},
              {"spdxElementId":"SPDXRef-a","relationshipType":"OTHER","relatedSpdxElement":"SPDXRef-b",
               "comment":"ownership-by-file-overlap: says Syft"}]""");

    private static final String TAG_VALUE = """
            SPDXVersion: SPDX-2.3
            DataLicense: CC0-1.0
            SPDXID: SPDXRef-DOCUMENT
            DocumentName: x
            DocumentNamespace: https://example.test/x
            Creator: Organization: somebody
            Creator: Tool: some-tool-1
            Created: 2026-01-01T00:00:00Z

            ##### Packages

            PackageName: registry.example/shop/web:1.4
            SPDXID: SPDXRef-Image
            PackageVersion: x
            PackageDownloadLocation: NOASSERTION
            PrimaryPackagePurpose: CONTAINER
            ExternalRef: PACKAGE-MANAGER purl pkg:oci/web@%s?repository_url=registry.example/shop/web

            PackageName: debian
            SPDXID: SPDXRef-Os
            PackageVersion: 12
            PackageDownloadLocation: NONE
            PrimaryPackagePurpose: OPERATING-SYSTEM

            PackageName: libssl3
            SPDXID: SPDXRef-a
            PackageVersion: 3.0.11-1
            PackageDownloadLocation: NONE
            PackageDescription: <text>
            PackageName: no name at all
            </text>
            PackageLicenseConcluded: MIT
            PackageLicenseDeclared: Apache-2.0
            PackageSourceInfo: <text>acquired package info from DPKG DB: /var/lib/dpkg/status, /usr/share/doc/libssl3/copyright</text>
            ExternalRef: SECURITY cpe23Type cpe:2.3:a:x
            ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl

            FileName: ./a
            SPDXID: SPDXRef-File
            ExternalRef: PACKAGE-MANAGER purl pkg:npm/not-of-a-package@1

            PackageName: click
            SPDXID: SPDXRef-b
            PackageVersion: 8.1.3
            PackageDownloadLocation: NONE
            PackageLicenseConcluded: BSD-3-Clause
            PackageLicenseDeclared: NOASSERTION
            ExternalRef: PACKAGE-MANAGER purl pkg:pypi/click@8.1.3

            PackageName: nameless
            SPDXID: SPDXRef-c
            PackageVersion: 3
            PackageDownloadLocation: NOASSERTION

            PackageName: the-tree
            SPDXID: SPDXRef-d
            PackageVersion: NOASSERTION
            PackageDownloadLocation: NONE

            Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-d
            Relationship: SPDXRef-a OTHER SPDXRef-b
            RelationshipComment: ownership-by-file-overlap: says Syft
            """.formatted(DIGEST);

    static Stream<String> both() {
        return Stream.of(JSON, TAG_VALUE, TAG_VALUE.replace("\n", "\r\n"), "\ufeff" + TAG_VALUE);
    }

    @ParameterizedTest
    @MethodSource("both")
    void saysWhatThereIs(String text) {
        var inventory = read(text);

        assertThat(purls(inventory))
                .containsExactly(
                        "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl",
                        "pkg:pypi/click@8.1.3");
        var openssl = inventory.packages().getFirst();
        assertThat(openssl.source()).contains(new SourcePackage("openssl", "3.0.11-1"));
        assertThat(openssl.licenses()).containsExactly("Apache-2.0");
        assertThat(openssl.locations())
                .extracting(Location::path)
                .containsExactly("usr/share/doc/libssl3/copyright", "var/lib/dpkg/status");
        var click = inventory.packages().get(1);
        assertThat(click.licenses()).containsExactly("BSD-3-Clause");
        assertThat(click.ownedBy()).contains(openssl.purl());
        assertThat(inventory.distribution().orElseThrow().release()).hasToString("debian:12");
        assertThat(unknowns(inventory))
                .singleElement()
                .asString()
                .endsWith("(nameless 3): has no package URL, so nothing can be looked up for it");
        assertThat(inventory.image().names()).containsExactly("registry.example/shop/web:1.4");
        assertThat(inventory.image().manifestDigest()).map(Digest::toString).contains(DIGEST);
        assertThat(inventory.image().repoDigests()).containsExactly("registry.example/shop/web@" + DIGEST);
        var document = inventory.document().orElseThrow();
        assertThat(document.format()).startsWith("SPDX 2.3 ");
        assertThat(document.tools()).containsExactly("some-tool-1");
        assertThat(document.unidentified()).isEqualTo(1);
        assertThat(document.unsaid()).isEmpty();
    }

    @Test
    void readsVersion22() {
        assertThat(read(JSON.replace("SPDX-2.3", "SPDX-2.2"))
                        .document()
                        .orElseThrow()
                        .format())
                .isEqualTo("SPDX 2.2 JSON");
        assertThat(read(TAG_VALUE.replace("SPDX-2.3", "SPDX-2.2"))
                        .document()
                        .orElseThrow()
                        .format())
                .isEqualTo("SPDX 2.2 tag-value");
    }

    @Test
    void readsTheAnnotationsOfTrivy() {
        var inventory = read(spdx("""
                        {"name":"/a/path.tar","SPDXID":"SPDXRef-Image","primaryPackagePurpose":"CONTAINER","annotations":[
                          {"comment":"ImageID: %s"},{"comment":"RepoTag: localhost/web:latest"},
                          {"comment":"RepoDigest: localhost/web@%s"}]},
                        {"name":"package-lock.json","SPDXID":"SPDXRef-Application-1","primaryPackagePurpose":"APPLICATION",
                          "annotations":[{"comment":"Class: lang-pkgs"}]},
                        {"name":"zlib1g","SPDXID":"SPDXRef-a","versionInfo":"1:1.2","sourceInfo":"built package from: zlib 1:1.2",
                          "externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:deb/debian/zlib1g@1.2?epoch=1"}],
                          "primaryPackagePurpose":"LIBRARY"},
                        {"name":"lodash","SPDXID":"SPDXRef-b","versionInfo":"4","attributionTexts":["FilePath: app/package.json"],
                          "externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:npm/lodash@4"}]}""".formatted(DIGEST, OTHER_DIGEST), "").replace("some-tool-1", "trivy-0.70"));

        assertThat(inventory.image().id()).map(Digest::toString).contains(DIGEST);
        assertThat(inventory.image().names()).containsExactly("localhost/web:latest");
        assertThat(inventory.image().repoDigests()).containsExactly("localhost/web@" + OTHER_DIGEST);
        assertThat(inventory.packages().getFirst().version()).isEqualTo("1:1.2");
        assertThat(inventory.packages().getFirst().source()).contains(new SourcePackage("zlib", "1:1.2"));
        assertThat(inventory.packages().get(1).locations())
                .extracting(Location::path)
                .containsExactly("app/package.json");
        assertThat(inventory.unknowns()).isEmpty();
    }

    @Test
    void severalDistributionsAreNone() {
        var one =
                "{\"name\":\"%s\",\"SPDXID\":\"SPDXRef-%s\",\"versionInfo\":\"12\",\"primaryPackagePurpose\":\"OPERATING_SYSTEM\"}";
        var inventory = read(spdx(one.formatted("debian", "a") + "," + one.formatted("ubuntu", "b"), ""));

        assertThat(inventory.distribution()).isEmpty();
        assertThat(unknowns(inventory))
                .containsExactly(
                        "the document: it names several distributions: debian:12, ubuntu:12; say with --distro which it is");
    }

    @Test
    void aDescribedPackageWithAPackageUrlIsAPackage() {
        assertThat(purls(read(spdx(
                        "{\"name\":\"app\",\"SPDXID\":\"SPDXRef-app\",\"externalRefs\":[{\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:npm/app@1\"}]}",
                        ",\"documentDescribes\":[\"SPDXRef-app\"]"))))
                .containsExactly("pkg:npm/app@1");
    }

    @Test
    void readsTheGraphOfVersion3() {
        var inventory = read("""
                {"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[
                  {"type":"Relationship","spdxId":"urn:r","creationInfo":"_:c","from":"urn:a","relationshipType":"hasDeclaredLicense",
                   "to":["urn:l"]},
                  {"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-01-01T00:00:00Z","createdBy":["urn:p"],
                   "createdUsing":["urn:t"]},
                  {"type":"Tool","spdxId":"urn:t","creationInfo":"_:c","name":"some-tool 2"},
                  {"type":"SpdxDocument","spdxId":"urn:d","creationInfo":"_:c","rootElement":["urn:root"]},
                  {"type":"software_Package","spdxId":"urn:root","creationInfo":"_:c","name":"the-tree"},
                  {"type":"software_Package","spdxId":"urn:i","creationInfo":"_:c","name":"registry.example/shop/web:1.4",
                   "software_primaryPurpose":"container"},
                  {"type":"software_Package","spdxId":"urn:o","creationInfo":"_:c","name":"debian","software_packageVersion":"12",
                   "software_primaryPurpose":"operatingSystem"},
                  {"type":"software_Package","spdxId":"urn:a","creationInfo":"_:c","name":"libssl3","software_packageVersion":"3",
                   "software_packageUrl":"pkg:deb/debian/libssl3@3?upstream=openssl"},
                  {"type":"software_Package","spdxId":"urn:b","creationInfo":"_:c","name":"lodash","software_packageVersion":"4",
                   "externalIdentifier":[{"type":"ExternalIdentifier","externalIdentifierType":"packageUrl","identifier":"pkg:npm/lodash@4"}]},
                  {"type":"software_Package","spdxId":"urn:c","creationInfo":"_:c","name":"nameless","software_packageVersion":"3"},
                  {"type":"software_Package","spdxId":"urn:s","creationInfo":"_:c","name":"source.tar","software_primaryPurpose":"source"},
                  {"type":"software_File","spdxId":"urn:f","creationInfo":"_:c","name":"f"},
                  {"type":"simplelicensing_LicenseExpression","spdxId":"urn:l","creationInfo":"_:c",
                   "simplelicensing_licenseExpression":"Apache-2.0 OR MIT"}]}
                """);

        assertThat(purls(inventory)).containsExactly("pkg:deb/debian/libssl3@3?upstream=openssl", "pkg:npm/lodash@4");
        assertThat(inventory.packages().getFirst().licenses()).containsExactly("Apache-2.0 OR MIT");
        assertThat(inventory.image().names()).containsExactly("registry.example/shop/web:1.4");
        assertThat(inventory.distribution().orElseThrow().release()).hasToString("debian:12");
        assertThat(unknowns(inventory))
                .containsExactly("@graph/9 (nameless 3): has no package URL, so nothing can be looked up for it");
        var document = inventory.document().orElseThrow();
        assertThat(document.format()).isEqualTo("SPDX 3.0.1 JSON-LD");
        assertThat(document.tools()).containsExactly("some-tool 2");
        assertThat(document.unsaid()).containsExactly(PackageFact.OWNERSHIP);
    }

    @Test
    void onePackageIsOwnedByWhatIsNamedOnly() {
        assertThat(only(read(
                                spdx(
                                        "{\"name\":\"a\",\"SPDXID\":\"SPDXRef-a\",\"externalRefs\":[{\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:npm/a@1\"}]}",
                                        ",\"relationships\":[{\"spdxElementId\":\"SPDXRef-none\",\"relationshipType\":\"OTHER\","
                                                + "\"relatedSpdxElement\":\"SPDXRef-a\",\"comment\":\"ownership-by-file-overlap\"}]")))
                        .ownedBy())
                .isEmpty();
    }
}
