package dev.plimsoll.inventory.sbom;

import static dev.plimsoll.inventory.sbom.Documents.DIGEST;
import static dev.plimsoll.inventory.sbom.Documents.OTHER_DIGEST;
import static dev.plimsoll.inventory.sbom.Documents.read;
import static dev.plimsoll.inventory.sbom.Documents.unknowns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class SyftJsonTest {

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String document(String metadata) {
        return """
                {"artifacts":[
                  {"id":"1","name":"libssl3","version":"3","type":"deb","locations":[
                     {"path":"/usr/share/doc/libssl3/copyright","layerID":"%2$s","annotations":{"evidence":"supporting"}},
                     {"path":"/var/lib/dpkg/status","layerID":"%2$s","annotations":{"evidence":"primary"}}],
                   "licenses":[{"value":"Apache","spdxExpression":"Apache-2.0"},{"value":"own","spdxExpression":""}],
                   "purl":"pkg:deb/debian/libssl3@3?arch=amd64&distro=debian-12.5",
                   "metadata":{"source":"openssl","sourceVersion":"2","files":[{"path":"/usr/lib/libssl.so"}]}},
                  {"id":"2","name":"Click","version":"8","type":"python","locations":[{"path":"/usr/lib/METADATA"}],
                   "licenses":["BSD"],"purl":"pkg:pypi/click@8","metadata":{"files":[{"path":"x"}]}},
                  {"id":"3","name":"prog","version":"1","type":"binary","purl":""},
                  {"id":"4","name":"bash","version":"5","type":"rpm","purl":"pkg:rpm/redhat/bash@5-1?epoch=0&upstream=bash-5-1.src.rpm&arch=x86_64",
                   "metadata":{"modularityLabel":"m:1"}}],
                 "artifactRelationships":[{"parent":"1","child":"2","type":"ownership-by-file-overlap"},
                   {"parent":"1","child":"f","type":"contains"}],
                 "files":[{"id":"f"}],
                 "source":{"id":"x","name":"n","type":"image","metadata":{%1$s}},
                 "distro":{"id":"debian","versionID":"12.5","versionCodename":"bookworm","prettyName":"Debian 12","idLike":["a"]},
                 "descriptor":{"name":"syft","version":"1.2"},
                 "schema":{"version":"16.1.0","url":"https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-16.1.0.json"}}
                """.formatted(metadata, OTHER_DIGEST);
    }

    @Test
    void saysAllThatSyftKnows() {
        var config = base64("""
                {"os":"linux","architecture":"arm64","variant":"v8","config":{"User":"app","Env":["A=1"],"Cmd":["x"],
                 "Healthcheck":{"Test":["CMD","y"]},"Labels":{"k":"v"}},
                 "history":[{"created_by":"ADD x"},{"created_by":"ENV A=1","empty_layer":true}],
                 "rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(OTHER_DIGEST));
        var manifest = base64("""
                {"config":{"digest":"%1$s"},"layers":[{"mediaType":"application/x","digest":"%1$s","size":7}]}""".formatted(DIGEST));
        var inventory = read(document("""
                "userInput":"registry.example/shop/web:1.4","imageID":"%2$s","manifestDigest":"%2$s","tags":["a.example/b:1"],
                "repoDigests":["a.example/b@%1$s"],"layers":[{"digest":"%2$s","size":5}],"os":"linux","architecture":"amd64",
                "manifest":"%3$s","config":"%4$s"\
                """.formatted(DIGEST, OTHER_DIGEST, manifest, config)));

        var image = inventory.image();
        assertThat(image.names()).containsExactly("registry.example/shop/web:1.4", "a.example/b:1");
        assertThat(image.repoDigests()).containsExactly("a.example/b@" + DIGEST);
        assertThat(image.id()).as("the manifest's word").map(Digest::toString).contains(DIGEST);
        assertThat(image.manifestDigest()).map(Digest::toString).contains(OTHER_DIGEST);
        assertThat(image.platform()).map(Object::toString).contains("linux/arm64/v8");
        assertThat(image.configuration().orElseThrow().user()).isEqualTo("app");
        assertThat(image.configuration().orElseThrow().history()).hasSize(2);
        assertThat(image.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.digest()).map(Digest::toString).contains(DIGEST);
            assertThat(layer.diffId()).map(Digest::toString).contains(OTHER_DIGEST);
            assertThat(layer.size()).hasValue(7);
            assertThat(layer.unpackedSize()).isEmpty();
            assertThat(layer.createdBy()).isEqualTo("ADD x");
        });
        assertThat(inventory.packages()).hasSize(3);
        var openssl = inventory.packages().getFirst();
        assertThat(openssl.source()).contains(new SourcePackage("openssl", "2"));
        assertThat(openssl.locations()).containsExactly(new Location("var/lib/dpkg/status", 0));
        assertThat(openssl.ownedFiles()).containsExactly("usr/lib/libssl.so");
        assertThat(openssl.licenses()).containsExactly("Apache-2.0", "own");
        var click = inventory.packages().get(1);
        assertThat(click.name()).as("as its people write it").isEqualTo("Click");
        assertThat(click.ownedBy()).contains(openssl.purl());
        assertThat(click.ownedFiles()).isEmpty();
        assertThat(click.licenses()).containsExactly("BSD");
        var bash = inventory.packages().get(2);
        assertThat(bash.version()).isEqualTo("0:5-1");
        assertThat(bash.source()).contains(new SourcePackage("bash", "5-1"));
        assertThat(bash.modularity()).isEqualTo("m:1");
        assertThat(inventory.distribution().orElseThrow().like()).containsExactly("a");
        assertThat(inventory.document().orElseThrow().format()).isEqualTo("Syft JSON 16.1.0");
        assertThat(inventory.document().orElseThrow().unsaid()).isEmpty();
        assertThat(inventory.document().orElseThrow().unidentified()).isZero();
        assertThat(unknowns(inventory))
                .containsExactly(
                        "artifacts/2 (prog 1): has no package URL: it belongs to no ecosystem that advisories are kept for");
    }

    @Test
    void withoutConfigurationTheLayersStandInTheDocument() {
        var image = read(document(
                        "\"imageID\":\"%1$s\",\"layers\":[{\"digest\":\"%2$s\"}],\"os\":\"linux\",\"architecture\":\"amd64\""
                                .formatted(DIGEST, OTHER_DIGEST)))
                .image();

        assertThat(image.id()).map(Digest::toString).contains(DIGEST);
        assertThat(image.configuration()).isEmpty();
        assertThat(image.platform()).map(Object::toString).contains("linux/amd64");
        assertThat(image.layerCount()).hasValue(1);
    }

    @Test
    void aBrokenConfigurationIsUnknown() {
        var inventory = read(document("\"config\":\"!!!\",\"manifest\":\"%s\"".formatted(base64("{"))));

        assertThat(inventory.image().configuration()).isEmpty();
        assertThat(unknowns(inventory))
                .filteredOn(text -> text.startsWith("source/metadata"))
                .hasSize(2)
                .allMatch(text -> text.contains("could not be read"));
    }

    @Test
    void ofAFolderThereIsNoImage() {
        var inventory = read(document("\"path\":\"/srv\"").replace("\"type\":\"image\"", "\"type\":\"directory\""));

        assertThat(inventory.image().id()).isEmpty();
        assertThat(inventory.image().layersKnown()).isFalse();
    }
}
