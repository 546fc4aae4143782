package dev.plimsoll.inventory.java;

import static dev.plimsoll.inventory.java.JarBytes.jar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.inventory.Analyzed;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaArchiveAnalyzerTest {

    private final JavaArchiveAnalyzer analyzer = new JavaArchiveAnalyzer();

    private Analyzed analyze(String path, JarBytes jar) {
        return Analyzed.by(analyzer, path, jar.bytes());
    }

    private List<String> names(String path, JarBytes jar) {
        var analyzed = analyze(path, jar);
        assertThat(analyzed.unknowns()).isEmpty();
        return analyzed.names();
    }

    @Test
    void mavensPropertiesNameTheArchive() {
        assertThat(names(
                        "lib/log4j-core-2.14.1.jar",
                        jar().manifest("Implementation-Version: 9")
                                .properties("org.apache.logging.log4j", "log4j-core", "2.14.1")))
                .containsExactly("org.apache.logging.log4j/log4j-core 2.14.1");
        assertThat(names("app.jar", jar().properties("com.example", "storefront", "1.0")))
                .containsExactly("com.example/storefront 1.0");
    }

    @Test
    void whatWasShadedIntoAnArchiveIsFoundBesideIt() {
        var shaded = jar().properties("com.example", "app", "1.0")
                .properties("com.google.guava", "guava", "20.0")
                .properties("log4j", "log4j", "1.2.17");

        assertThat(names("app-1.0.jar", shaded))
                .containsExactlyInAnyOrder("com.example/app 1.0", "com.google.guava/guava 20.0", "log4j/log4j 1.2.17");
    }

    @Test
    void anArchiveOfOtherNameThanTheOneWithinStandsForItself() {
        assertThat(names("opt/tool-3.1.jar", jar().properties("com.google.guava", "guava", "20.0")))
                .containsExactlyInAnyOrder("tool 3.1", "com.google.guava/guava 20.0");
    }

    @Test
    void anEnterpriseArchivePutsTheGroupBeforeTheName() {
        assertThat(names("lib/org.yaml-snakeyaml-1.26.jar", jar().properties("org.yaml", "snakeyaml", "1.26")))
                .containsExactly("org.yaml/snakeyaml 1.26");
    }

    @Test
    void aPomHelpsWhereThereAreNoProperties() {
        var pom = """
                <project><!-- <version>0</version> -->
                  <parent><groupId>g</groupId><version>1.9</version></parent>
                  <artifactId>a</artifactId>
                  <dependencies><dependency><version>7</version></dependency></dependencies>
                </project>
                """;

        assertThat(names("x.jar", jar().pom("g", "a", pom))).containsExactly("g/a 1.9");
        assertThat(names("x.jar", jar().pom("g", "a", "<project><version>2</version>" + pom)))
                .containsExactly("g/a 2");
        assertThat(names("x.jar", jar().pom("g", "a", pom).properties("g", "a", "3")))
                .containsExactly("g/a 3");
        assertThat(names("x.jar", jar().pom("g", "a", "<version>${revision}</version>")))
                .isEmpty();
    }

    @Test
    void theManifestsBundleTellsTheGroup() {
        assertThat(names(
                        "jetty-server-9.4.jar",
                        jar().manifest("Bundle-SymbolicName: org.eclipse.jetty.server;singleton:=true")))
                .containsExactly("org.eclipse.jetty/jetty-server 9.4");
        assertThat(names("freemarker-2.3.23.jar", jar().manifest("Bundle-SymbolicName: org.freemarker.freemarker")))
                .containsExactly("org.freemarker/freemarker 2.3.23");
        assertThat(names(
                        "thing-1.jar",
                        jar().manifest(
                                        "Implementation-Vendor-Id: com.example",
                                        "Bundle-SymbolicName: org.other.thing")))
                .containsExactly("com.example/thing 1");
        assertThat(names("thing-1.jar", jar().manifest("Automatic-Module-Name: com.example.thing")))
                .containsExactly("com.example/thing 1");
    }

    @Test
    void whatIsLeftOfABundlesNameMustBeADomain() {
        assertThat(names("tomlj-2.2.0.jar", jar().manifest("Bundle-SymbolicName: org.tomlj")))
                .containsExactly("org.tomlj/tomlj 2.2.0");
        assertThat(names(
                        "org.example.sisu.inject-1.jar",
                        jar().manifest("Bundle-SymbolicName: org.example.sisu.inject")))
                .containsExactly("org.example.sisu/org.example.sisu.inject 1");
        assertThat(names("org.example-1.jar", jar().manifest("Bundle-SymbolicName: org.example")))
                .containsExactly("org.example/org.example 1");
        assertThat(names(
                        "commons-lang3-3.4.jar",
                        jar().manifest(
                                        "Implementation-Vendor-Id: org.apache",
                                        "Bundle-SymbolicName: org.apache.commons.lang3")))
                .containsExactly("org.apache.commons/commons-lang3 3.4");
    }

    @Test
    void aModulesNameThatIsNoDomainIsNoGroup() {
        assertThat(names("thing-1.jar", jar().manifest("Automatic-Module-Name: some.thing")))
                .containsExactly("thing 1");
    }

    @Test
    void springAndTomcatHaveTheGroupsThatAdvisoriesUse() {
        assertThat(names("spring-core-5.3.17.jar", jar().manifest("Automatic-Module-Name: spring.core")))
                .containsExactly("org.springframework/spring-core 5.3.17");
        assertThat(names("spring-boot-2.6.5.jar", jar().manifest("Automatic-Module-Name: spring.boot")))
                .containsExactly("org.springframework.boot/spring-boot 2.6.5");
        assertThat(names(
                        "tomcat-embed-core-9.0.60.jar",
                        jar().manifest("Bundle-SymbolicName: org.apache.tomcat-embed-core")))
                .containsExactly("org.apache.tomcat.embed/tomcat-embed-core 9.0.60");
        assertThat(names(
                        "catalina.jar",
                        jar().manifest(
                                        "Bundle-SymbolicName: org.apache.tomcat-catalina",
                                        "Implementation-Title: Apache Tomcat",
                                        "Implementation-Version: 9.0.50")))
                .containsExactly("org.apache.tomcat/tomcat-catalina 9.0.50");
    }

    @Test
    void theManifestNamesAnArchiveWhoseFileHasNoVersion() {
        assertThat(names("x.jar", jar().manifest("Implementation-Title: thing", "Implementation-Version: 1.2 build 7")))
                .containsExactly("thing 1.2");
        assertThat(names("x.jar", jar().manifest("Implementation-Title: A Thing", "Specification-Version: 2")))
                .containsExactly("x 2");
        assertThat(names(
                        "tomcat-jdbc.jar",
                        jar().manifest("Bundle-SymbolicName: org.apache.tomcat.jdbc", "Bundle-Version: 9.0.50")))
                .containsExactly("org.apache.tomcat/tomcat-jdbc 9.0.50");
    }

    @Test
    void onlyTheMainSectionOfAManifestSpeaksOfTheArchive() {
        var manifest =
                "Manifest-Version: 1.0\r\nImplementation-Title: th\r\n ing\r\nImplementation-Version: 1\r\n\r\nName: javax/x/\r\nImplementation-Version: 9\r\n";

        assertThat(names("x.jar", jar().with("META-INF/MANIFEST.MF", manifest))).containsExactly("thing 1");
    }

    @Test
    void anArchiveWithoutAnyVersionIsNoPackageAndNothingUnknown() {
        assertThat(analyze("x.jar", jar().manifest("Implementation-Title: thing")))
                .isEqualTo(new Analyzed(List.of(), List.of()));
        assertThat(analyze("x.jar", jar().with("a", "b"))).isEqualTo(new Analyzed(List.of(), List.of()));
    }

    /// The digest is what repositories can be asked by.
    @Test
    void classesThatNothingNamesAreUnknownByTheirDigest() throws java.security.NoSuchAlgorithmException {
        var jar = jar().with("a.class", "x").bytes();
        var digest = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-1").digest(jar));

        var analyzed = Analyzed.by(analyzer, "renamed.jar", jar);

        assertThat(analyzed.facts()).isEmpty();
        assertThat(analyzed.unknowns())
                .containsExactly("classes in an archive that nothing names; its digest is sha1:" + digest);
    }

    @Test
    void eachArchiveHasItsOwnDigestAndWhatWasPackedInHasNone() throws java.security.NoSuchAlgorithmException {
        var inner = jar().properties("g", "inner", "1").bytes();
        var outer = jar().properties("g", "outer", "2")
                .properties("g", "shaded", "3")
                .with("lib/inner-1.jar", inner)
                .bytes();
        var sha1 = java.security.MessageDigest.getInstance("SHA-1");

        var digests = Analyzed.by(analyzer, "outer-2.jar", outer).packages().stream()
                .map(found -> found.name() + " "
                        + found.properties().getOrDefault(dev.plimsoll.inventory.PackageProperty.DIGEST, "none"));

        assertThat(digests)
                .containsExactlyInAnyOrder(
                        "inner sha1:" + java.util.HexFormat.of().formatHex(sha1.digest(inner)),
                        "outer sha1:" + java.util.HexFormat.of().formatHex(sha1.digest(outer)),
                        "shaded none");
    }

    @Test
    void nettyListsItsPartsWhereMavensCoordinatesWereShadedAway() {
        var versions = "netty-common.version=4.1.94.Final\nnetty-common.buildDate=2023\n";
        var shaded = jar().properties("g", "a", "1").with("META-INF/io.netty.versions.properties", versions);

        assertThat(names("a-1.jar", shaded)).containsExactlyInAnyOrder("g/a 1", "io.netty/netty-common 4.1.94.Final");
        assertThat(names("a-1.jar", shaded.properties("io.netty", "netty-all", "4.1.94.Final")))
                .containsExactlyInAnyOrder("g/a 1", "io.netty/netty-all 4.1.94.Final");
    }

    @Test
    void theFileNameIsTheLastResort() {
        assertThat(names("commons-collections-3.2.1.jar", jar().with("a.class", "x")))
                .containsExactly("commons-collections/commons-collections 3.2.1");
        assertThat(names("A.WAR", jar().properties("g", "a", "1"))).containsExactly("g/a 1");
    }

    @Test
    void archivesInArchivesAreReadWhetherStoredOrPacked() {
        var inner = jar().properties("g", "inner", "1").bytes();
        var library = jar().with("lib/inner-1.jar", inner).bytes();

        assertThat(names("app.war", jar().properties("g", "app", "2").with("WEB-INF/lib/inner-1.jar", inner)))
                .containsExactlyInAnyOrder("g/inner 1 @WEB-INF/lib/inner-1.jar", "g/app 2");
        assertThat(names("app.jar", jar().stored().with("BOOT-INF/lib/library-3.jar", library)))
                .containsExactlyInAnyOrder(
                        "g/inner 1 @BOOT-INF/lib/library-3.jar!/lib/inner-1.jar",
                        "library 3 @BOOT-INF/lib/library-3.jar");
    }

    @Test
    void licensesComeFromThePomOfThePackage() {
        var pom = """
                <project><!-- <licenses><license><name>no</name></license></licenses> --><name>A</name>
                  <licenses>
                    <license><name>BSD &amp; more,
                      twice</name><url>x</url></license>
                    <license><name/></license>
                    <license><name>${license}</name></license>
                    <license><name>%s</name></license>
                    <license><name>MIT</name></license>
                  </licenses>
                  <developers><developer><name>Some Body</name></developer></developers>
                </project>
                """;
        var most = "x".repeat(PomCoordinates.MAX_LICENSE);

        assertThat(analyze("a-1.jar", jar().properties("g", "a", "1").pom("g", "a", pom.formatted(most)))
                        .licenses())
                .containsExactly("BSD & more, twice", most, "MIT");
        assertThat(analyze("a-1.jar", jar().properties("g", "a", "1").pom("g", "a", pom.formatted(most + "x")))
                        .licenses())
                .containsExactly("BSD & more, twice", "MIT");
        assertThat(analyze(
                                "a-1.jar",
                                jar().manifest("Bundle-License: EPL-2.0")
                                        .properties("g", "a", "1")
                                        .pom("g", "a", pom.formatted("n"))
                                        .properties("g", "b", "2"))
                        .packages())
                .extracting(found -> found.name() + " " + found.licenses())
                .containsExactlyInAnyOrder("a [EPL-2.0, BSD & more, twice, n, MIT]", "b []");
        var many = "<name>l</name>".repeat(PomCoordinates.MAX_LICENSES + 1);
        assertThat(PomCoordinates.licenses("<licenses>" + many + "</licenses>")).hasSize(PomCoordinates.MAX_LICENSES);
        assertThat(PomCoordinates.licenses("<licenses>" + many)).isEmpty();
    }

    @Test
    void licensesComeFromTheBundle() {
        assertThat(analyze("a-1.jar", jar().manifest("Bundle-License: Apache-2.0"))
                        .licenses())
                .containsExactly("Apache-2.0");
    }

    @Test
    void aScriptMayStandBeforeTheArchive() {
        var script = "#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var jar = jar().properties("g", "a", "1").bytes();
        var both = java.util.Arrays.copyOf(script, script.length + jar.length);
        System.arraycopy(jar, 0, both, script.length, jar.length);

        assertThat(Analyzed.by(analyzer, "a.jar", both).names()).containsExactly("g/a 1");
        assertThat(Analyzed.by(analyzer, "a.jar", both).unknowns()).isEmpty();
    }

    @Test
    void namesOfAnotherEncodingDoNotStopTheReading() {
        var jar = jar().with("caf\u00e9x", "1").properties("g", "a", "1").bytes();
        for (int at = 0; at + 1 < jar.length; at++) {
            if (jar[at] == (byte) 0xc3 && jar[at + 1] == (byte) 0xa9) {
                jar[at] = (byte) 0xe9;
            }
            if (jar[at] == 'P' && jar[at + 1] == 'K') {
                clearUtf8Mark(jar, at);
            }
        }

        assertThat(Analyzed.by(analyzer, "a.jar", jar).names()).containsExactly("g/a 1");
    }

    private static void clearUtf8Mark(byte[] jar, int at) {
        if (jar[at + 2] == 3) {
            jar[at + 7] &= ~8;
        } else if (jar[at + 2] == 1) {
            jar[at + 9] &= ~8;
        }
    }

    @Test
    void aFailingLayerIsNotABrokenArchive() {
        var jar = jar().properties("g", "a", "1").bytes();
        var failing = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == jar.length / 2) {
                    throw new java.util.zip.ZipException("the layer is corrupt");
                }
                return jar[at++] & 0xff;
            }
        };

        assertThatThrownBy(() -> Analyzed.by(analyzer, "a.jar", jar.length, failing))
                .isInstanceOf(IOException.class)
                .hasMessage("the layer is corrupt");
    }

    @Test
    void wantsArchivesByTheirEnding() {
        for (var path :
                List.of("a.jar", "a/b.war", "a.EAR", "a.jpi", "a.hpi", "a.lpkg", "a.nar", "a.kar", "a.par", "a.sar")) {
            assertThat(analyzer.wanted().wants(path, 0644, 1)).as(path).isTrue();
        }
        for (var path : List.of("jar", "a.jar.bak", "a.zip", "a.jarx", "x.jar/file")) {
            assertThat(analyzer.wanted().wants(path, 0644, 1)).as(path).isFalse();
        }
    }
}
