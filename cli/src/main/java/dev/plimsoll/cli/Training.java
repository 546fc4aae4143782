package dev.plimsoll.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// Runs the commands once, so that the JDK's ahead-of-time cache holds the classes that they need (JEP 483, 514).
public final class Training {

    private Training() {}

    /// @param arguments the folder of the example
    public static void main(String[] arguments) {
        var example = Path.of(arguments[0]);
        var image = example.resolve("storefront.tar").toString();
        var policy = example.resolve("policy.json").toString();
        var advisories = example.resolve("advisories").toString();
        run("--help");
        run("check", "--help");
        run("policy", "validate", policy);
        run("db", "status");
        for (int i = 0; i < 3; i++) {
            run("check", image, "--policy", policy, "--advisories", advisories);
            run("sbom", image, "-o", "cyclonedx-json");
            run("vulns", image, "--advisories", advisories, "-o", "json");
        }
    }

    private static void run(String... arguments) {
        var sink = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(
                arguments,
                new Environment(
                        System.in,
                        sink,
                        sink,
                        Map.of(),
                        false,
                        false,
                        Optional.empty(),
                        Path.of(""),
                        Clock.systemUTC()));
    }
}
