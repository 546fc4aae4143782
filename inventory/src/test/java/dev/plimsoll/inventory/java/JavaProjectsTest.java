package dev.plimsoll.inventory.java;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.PackageProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaProjectsTest {

    private static List<String> lines(Analyzer analyzer, String path, String text) {
        var analyzed = Analyzed.by(analyzer, path, text);
        assertThat(analyzed.unknowns()).isEmpty();
        return analyzed.packages().stream()
                .map(found -> found.namespace() + ":" + found.name() + " " + found.version() + " "
                        + found.properties().getOrDefault(PackageProperty.SCOPE, "-"))
                .toList();
    }

    @Test
    void gradlesConfigurationsTellTheScope() {
        assertThat(lines(new GradleLockAnalyzer(), "app/gradle.lockfile", """
                # This is a Gradle generated file for dependency locking.
                com.google.guava:guava:31.1-jre=compileClasspath,runtimeClasspath,testRuntimeClasspath
                org.junit.jupiter:junit-jupiter:5.9.1=testCompileClasspath,testRuntimeClasspath
                empty=annotationProcessor,testAnnotationProcessor
                """))
                .containsExactly(
                        "com.google.guava:guava 31.1-jre -", "org.junit.jupiter:junit-jupiter 5.9.1 development");
        assertThat(lines(new GradleLockAnalyzer(), "buildscript-gradle.lockfile", "a:b:1=classpath\n"))
                .containsExactly("a:b 1 development");
        assertThat(lines(new GradleLockAnalyzer(), "gradle/dependency-locks/runtimeClasspath.lockfile", "a:b:1\n"))
                .containsExactly("a:b 1 -");
        assertThat(Analyzed.by(new GradleLockAnalyzer(), "gradle.lockfile", "a:b\n")
                        .unknowns())
                .containsExactly("line 1: no line of a lock file of Gradle");
    }

    @Test
    void sbtsConfigurationsTellTheScope() {
        assertThat(lines(new SbtLockAnalyzer(), "build.sbt.lock", """
                {"lockVersion": 1, "configurations": ["compile", "test"], "dependencies": [
                  {"org": "org.typelevel", "name": "cats-core_2.13", "version": "2.9.0",
                   "artifacts": [{"name": "cats-core_2.13.jar", "hash": "sha1:%s"}],
                   "configurations": ["compile", "test"]},
                  {"org": "org.scalatest", "name": "scalatest_2.13", "version": "3.2.15", "configurations": ["test"]}]}
                """.formatted("0".repeat(40))))
                .containsExactly(
                        "org.typelevel:cats-core_2.13 2.9.0 -", "org.scalatest:scalatest_2.13 3.2.15 development");
    }

    private static final String PROJECT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <parent><groupId>g</groupId><artifactId>parent</artifactId><version>7</version></parent>
              <artifactId>own</artifactId>
              <properties><guava.version>31.${minor}</guava.version><minor>1-jre</minor><a>${b}</a><b>${a}</b></properties>
              <dependencyManagement><dependencies>
                <dependency><groupId>m</groupId><artifactId>managed</artifactId><version>1.0</version></dependency>
                <dependency><groupId>m</groupId><artifactId>unused</artifactId><version>2.0</version></dependency>
              </dependencies></dependencyManagement>
              <dependencies>
                <dependency>
                  <groupId>com.google.guava</groupId><artifactId>guava</artifactId><version>${guava.version}</version>
                  <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions>
                </dependency>
                <dependency><groupId>m</groupId><artifactId>managed</artifactId><scope>test</scope></dependency>
                <dependency><groupId>${project.groupId}</groupId><artifactId>mate</artifactId>
                  <version>${project.version}</version><optional>true</optional></dependency>
                <dependency><groupId>m</groupId><artifactId>of-parent</artifactId></dependency>
                <dependency><groupId>m</groupId><artifactId>range</artifactId><version>[1,2)</version></dependency>
                <dependency><groupId>m</groupId><artifactId>loop</artifactId><version>${a}</version></dependency>
              </dependencies>
              <build><plugins><plugin><dependencies><dependency><groupId>p</groupId><artifactId>p</artifactId>
                <version>1</version></dependency></dependencies></plugin></plugins></build>
            </project>
            """;

    @Test
    void aProjectsDependenciesAsFarAsTheFileSays() {
        assertThat(lines(new MavenProjectAnalyzer(), "src/pom.xml", PROJECT))
                .containsExactly("com.google.guava:guava 31.1-jre -", "m:managed 1.0 development", "g:mate 7 optional");
    }

    @Test
    void noProjectIsUnknown() {
        for (var text : List.of(
                "",
                "<a/>",
                "<project><dependencies>",
                "<!DOCTYPE p [<!ENTITY e 'x'>]><project><name>&e;</name></project>")) {
            assertThat(Analyzed.by(new MavenProjectAnalyzer(), "pom.xml", text).unknowns())
                    .as(text)
                    .hasSize(1);
        }
        assertThat(new MavenProjectAnalyzer().wanted().wants("app/META-INF/maven/g/a/pom.xml", 0644, 1))
                .isFalse();
    }

    @Test
    void unpackedArchivesKeepTheirCoordinates() {
        assertThat(lines(
                        new ExplodedArchiveAnalyzer(),
                        "app/META-INF/maven/g/a/pom.properties",
                        "version=1.0\ngroupId=g\nartifactId=a\n"))
                .containsExactly("g:a 1.0 -");
        assertThat(Analyzed.by(new ExplodedArchiveAnalyzer(), "pom.properties", "a=\\u00zz")
                        .unknowns())
                .hasSize(1);
    }

    private static List<String> runtime(String text) {
        var found = Analyzed.by(new JvmReleaseAnalyzer(), "opt/jdk/release", text)
                .packages()
                .getFirst();
        return List.of(
                found.namespace() + "/" + found.name() + " " + found.version(),
                String.join(" ", found.cpes()).replace(":*", ""));
    }

    @Test
    void runtimesAreNamedByTheirBuilders() {
        assertThat(runtime("""
                IMPLEMENTOR="Eclipse Adoptium"
                JAVA_RUNTIME_VERSION="17.0.9+9"
                JAVA_VERSION="17.0.9"
                IMAGE_TYPE="JDK"
                """)).containsExactly("oracle/openjdk 17.0.9+9", "cpe:2.3:a:oracle:openjdk:17.0.9");
        assertThat(runtime("JAVA_VERSION=\"1.8.0_302\"\n"))
                .containsExactly("oracle/openjdk 1.8.0_302", "cpe:2.3:a:oracle:openjdk:8:update302");
        assertThat(runtime("""
                IMPLEMENTOR="Oracle Corporation"
                BUILD_TYPE="commercial"
                JAVA_VERSION="1.8.0_381"
                IMAGE_TYPE="JRE"
                """)).containsExactly("oracle/jre 1.8.0_381", "cpe:2.3:a:oracle:jre:1.8.0:update381");
        assertThat(runtime("""
                IMPLEMENTOR="Azul Systems, Inc."
                IMPLEMENTOR_VERSION="Zulu11.60+19-CA"
                JAVA_VERSION="11.0.17"
                """))
                .containsExactly("azul/zulu 11.0.17", "cpe:2.3:a:azul:zulu:11.60 cpe:2.3:a:oracle:openjdk:11.0.17");
    }

    @Test
    void anotherProgramsReleaseFileIsNone() {
        assertThat(Analyzed.by(new JvmReleaseAnalyzer(), "etc/release", "VERSION=\"1\"\n"))
                .isEqualTo(new Analyzed(List.of(), List.of()));
        assertThat(Analyzed.by(new JvmReleaseAnalyzer(), "release", "JAVA_VERSION=\"a b\"\n")
                        .unknowns())
                .containsExactly("'a b' is no version of Java");
    }

    /// The runtime that runs this test is asked itself.
    @Test
    void theRuntimeOfThisTestIsFound() throws IOException {
        var release = Path.of(System.getProperty("java.home"), "release");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(release), "a JDK without a release file");

        var found = Analyzed.by(new JvmReleaseAnalyzer(), "opt/jdk/release", Files.readAllBytes(release))
                .packages()
                .getFirst();

        assertThat(found.version()).startsWith(System.getProperty("java.version"));
        assertThat(found.properties()).isEqualTo(Map.of(PackageProperty.VENDOR, System.getProperty("java.vendor")));
    }

    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        for (var analyzer : List.of(
                new GradleLockAnalyzer(),
                new SbtLockAnalyzer(),
                new MavenProjectAnalyzer(),
                new ExplodedArchiveAnalyzer(),
                new JvmReleaseAnalyzer())) {
            assertThat(Analyzed.by(analyzer, "gradle.lockfile", text).packages())
                    .allMatch(
                            found -> !found.name().isBlank() && !found.version().isBlank());
        }
    }
}
