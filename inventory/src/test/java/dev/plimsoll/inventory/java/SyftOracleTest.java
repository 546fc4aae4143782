package dev.plimsoll.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Syft as the second opinion on Java archives. The places where it says something else are written out here, and
/// explained.
class SyftOracleTest {

    /// Tomcat's files without the beginning of their artifacts' names, and in some with the version of the
    /// specification that they implement; we name them as Maven
    /// Central does, with Tomcat's version.
    private static final Set<String> TOMCAT = Set.of(
            "annotations-api",
            "catalina",
            "catalina-ha",
            "catalina-ssi",
            "catalina-storeconfig",
            "catalina-tribes",
            "el-api",
            "jasper",
            "jasper-el",
            "jaspic-api",
            "jsp-api",
            "servlet-api",
            "websocket-api");

    /// Archives whose groups Syft guesses wrong (`com.mysql`, `org.apache.xerces.impl.Version`,
    /// `org.freemarker.freemarker`), or takes from the artifact.
    private static final Set<String> OTHER_GROUP = Set.of(
            "mysql-connector-java",
            "xercesImpl",
            "freemarker",
            "jython-standalone",
            "catalina-ant",
            "bootstrap",
            "jrt-fs",
            "shaded");

    @Test
    void findsTheArchivesThatSyftFinds(@TempDir Path folder) throws IOException, InterruptedException {
        var image = RealImage.named("java-app");
        var output = RealImage.answers(
                folder,
                List.of(
                        "sh",
                        "-c",
                        "SYFT_CHECK_FOR_APP_UPDATE=false PATH=$PATH:$HOME/go/bin syft -q -o json oci-dir:"
                                + image.layout()));
        var limits = JsonLimits.FOREIGN.withBytes(256L << 20);
        var document = (JsonObject) JsonReader.read(String.join("\n", output).getBytes(StandardCharsets.UTF_8), limits);

        var expected = new TreeSet<String>();
        for (var artifact : document.objects("artifacts")) {
            var version = artifact.string("version").orElse("");
            if (artifact.string("type").orElse("").equals("java-archive")
                    && !version.equals("UNKNOWN")
                    && !TOMCAT.contains(artifact.string("name").orElse(""))) {
                expected.add(line(artifact, version));
            }
        }

        var ours = new ArrayList<String>();
        for (var line : RealImage.lines(image.inventory(), PackageType.MAVEN)) {
            var artifact = line.substring(line.indexOf(':') + 1); // from the start where there is no group
            var known = OTHER_GROUP.contains(artifact.substring(0, artifact.indexOf(' ')));
            ours.add((known ? "?" + artifact : line).replace("!/", ":"));
        }
        assertThat(expected).hasSizeGreaterThan(180);
        assertThat(expected).as("what Syft finds and we do not").isSubsetOf(ours);
        assertThat(ours.stream().filter(line -> !expected.contains(line) && line.contains("/opt/exploded/META-INF/")))
                .as("an unpacked archive, which Syft does not look into")
                .hasSize(1);
        assertThat(ours.stream().filter(line -> !expected.contains(line) && !line.contains("/opt/exploded/META-INF/")))
                .as("Tomcat's own, once each")
                .hasSize(TOMCAT.size())
                .allMatch(line ->
                        line.startsWith("org.apache.tomcat:tomcat-") && line.contains(" 9.0.50 /opt/tomcat/lib/"));
    }

    /// `group:artifact version /path`; Syft adds the coordinates of what is packed into an archive to its path.
    private static String line(JsonObject artifact, String version) {
        var purl = artifact.string("purl").orElse("");
        var name = purl.substring("pkg:maven/".length(), purl.lastIndexOf('@')).replace('/', ':');
        var path = artifact.object("metadata").string("virtualPath").orElse("");
        path = path.endsWith(":" + name) ? path.substring(0, path.length() - name.length() - 1) : path;
        var last = artifact.string("name").orElse("");
        return (OTHER_GROUP.contains(last) ? "?" + last : name) + " " + version + " " + path;
    }
}
