package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script, with a build and a JDK that only write down how they were called.
final class LauncherTest {

    @TempDir
    private Path folder;

    private Path checkout;
    private Path jdk;

    @BeforeEach
    void layOut() throws IOException {
        checkout = folder.resolve("a check out");
        Files.createDirectories(checkout.resolve("cli/src/main/java"));
        Files.createDirectories(checkout.resolve("examples"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("cli/src/main/java/Main.java"), "class Main {}");
        var old = FileTime.from(Instant.now().minusSeconds(3600));
        for (var file : List.of("pom.xml", "cli/pom.xml", "cli/src/main/java/Main.java", "cli/src/main/java")) {
            Files.setLastModifiedTime(checkout.resolve(file), old);
        }
        script(
                checkout.resolve("plimsoll"),
                Files.readString(Path.of(System.getProperty("plimsoll.root"), "plimsoll")));
        script(checkout.resolve("mvnw"), """
                #!/usr/bin/env bash
                echo "build with $JAVA_HOME" >>calls
                sleep 0.5
                mkdir -p cli/target/lib server/target/lib
                echo jar >server/target/lib/other.jar
                echo jar >server/target/lib/database.jar
                echo jar >server/target/server.jar
                echo jar >cli/target/lib/other.jar
                echo jar >cli/target/cli.jar
                """);
        jdk = jdk("jdk", "25.0.3");
    }

    @Test
    void buildsOnFirstUseAndSaysSoInOneLineOfStandardError() throws Exception {
        var run = launch(checkout.resolve("plimsoll"), "check", "image.tar");

        assertThat(run.code()).isZero();
        assertThat(run.error()).isEqualTo("plimsoll: first use, or newer sources: building (about a minute)\n");
        assertThat(run.output()).endsWith("dev.plimsoll.cli.Main check image.tar\n");
        assertThat(calls()).containsExactly("build with " + jdk);
    }

    @Test
    void buildsNoSecondTimeUntilASourceIsNewer() throws Exception {
        launch(checkout.resolve("plimsoll"), "--version");
        var again = launch(checkout.resolve("plimsoll"), "--version");
        Files.setLastModifiedTime(
                checkout.resolve("cli/src/main/java/Main.java"),
                FileTime.from(Instant.now().plusSeconds(1)));
        var changed = launch(checkout.resolve("plimsoll"), "--version");

        assertThat(again.error()).isEmpty();
        assertThat(changed.error()).contains("building");
        assertThat(calls()).hasSize(2);
    }

    @Test
    void buildsAnewWhatChangedWhileItWasBuilt() throws Exception {
        script(
                checkout.resolve("mvnw"),
                Files.readString(checkout.resolve("mvnw")) + "touch cli/src/main/java/Main.java\nsleep 0.1\n");
        launch(checkout.resolve("plimsoll"), "--version");

        assertThat(launch(checkout.resolve("plimsoll"), "--version").error()).contains("building");
    }

    @Test
    void twoFirstUsesAtOnceBuildOnce() throws Exception {
        var first = start(checkout.resolve("plimsoll"), Map.of("JAVA_HOME", jdk.toString()), "sbom", "one");
        var second = start(checkout.resolve("plimsoll"), Map.of("JAVA_HOME", jdk.toString()), "sbom", "two");
        var runs = List.of(finish(first), finish(second));

        assertThat(runs).extracting(Launched::code).containsExactly(0, 0);
        assertThat(runs.get(0).output()).endsWith("Main sbom one\n");
        assertThat(runs.get(1).output()).endsWith("Main sbom two\n");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void passesOverAnOlderJdk() throws Exception {
        var older = jdk("older", "17.0.9");
        var path = Map.of("JAVA_HOME", older.toString(), "PATH", jdk + "/bin:" + System.getenv("PATH"));
        var run = finish(start(checkout.resolve("plimsoll"), path, "--version"));

        assertThat(run.code()).isZero();
        assertThat(calls()).containsExactly("build with " + jdk);
    }

    @Test
    void worksThroughALinkFromElsewhere() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("plimsoll-link"), Path.of("a check out/plimsoll"));

        assertThat(launch(link, "--version").code()).isZero();
    }

    @Test
    void namesTheLogOfABuildThatFails() throws Exception {
        script(checkout.resolve("mvnw"), "#!/usr/bin/env bash\necho '[ERROR] no such symbol'\nexit 1\n");
        var run = launch(checkout.resolve("plimsoll"), "--version");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.error())
                .contains("[ERROR] no such symbol")
                .endsWith("plimsoll: the build failed; all of its output is in " + checkout + "/.dist/build.log\n");
    }

    @Test
    void scansWithTheCompilerThatComesLateAndAnswersWithTheQuickOne() throws Exception {
        var scan = launch(checkout.resolve("plimsoll"), "check", "image.tar");
        var answer = launch(checkout.resolve("plimsoll"), "--version");

        assertThat(scan.output()).contains("-XX:Tier4InvocationThreshold=").doesNotContain("TieredStopAtLevel");
        assertThat(answer.output()).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void runsTheServiceWithLibrariesOfItsOwnAndMakesItReadyOnce() throws Exception {
        var first = launch(checkout.resolve("plimsoll"), "server", "--port", "1");
        var second = launch(checkout.resolve("plimsoll"), "server", "--port", "1");
        var scan = launch(checkout.resolve("plimsoll"), "check", "image.tar");

        assertThat(first.error()).contains("first start of the service");
        assertThat(second.error()).isEmpty();
        assertThat(second.output())
                .endsWith("dev.plimsoll.server.Main --port 1\n")
                .contains("/server/server.jar:", "/server/database.jar:", "/lib/other.jar")
                .doesNotContain("/server/other.jar");
        assertThat(scan.output()).doesNotContain("database.jar");
    }

    private Path jdk(String name, String version) throws IOException {
        var home = Files.createDirectories(folder.resolve(name).resolve("bin")).getParent();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "#!/usr/bin/env bash\necho \"$*\"\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(checkout.resolve("calls"));
    }

    private Launched launch(Path launcher, String... arguments) throws Exception {
        return finish(start(launcher, Map.of("JAVA_HOME", jdk.toString()), arguments));
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("PLIMSOLL_JAVA_OPTS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Launched finish(Process process) throws Exception {
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        var error = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Launched(process.exitValue(), output, error);
    }

    private record Launched(int code, String output, String error) {}
}
