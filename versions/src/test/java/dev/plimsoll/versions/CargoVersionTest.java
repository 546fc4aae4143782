package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CargoVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.CARGO;

    @TempDir
    private Path folder;

    @Test
    void ordersAndRefusesAsTheCrateDoes() throws IOException, InterruptedException {
        var pairs = VersionPairs.of(
                20260108,
                20_000,
                List.of(
                        "1.2.3",
                        "0.0.0",
                        "v1.2.3",
                        "1.10.0",
                        "1",
                        "10.0.1",
                        "18446744073709551615.0.0",
                        "18446744073709551616.0.0"),
                List.of(
                        "-", "-0", "-rc.1", "-alpha", ".1", ".01", ".a", ".0a", ".10", "-beta", "+", "+7", "+b.1", "A",
                        "_"));
        Files.writeString(folder.resolve("pairs"), pairs.lines());
        Files.createDirectory(folder.resolve("src"));
        Files.writeString(folder.resolve("Cargo.toml"), """
                [package]
                name = "oracle"
                version = "0.0.0"
                edition = "2021"

                [dependencies]
                semver = "1"
                """);
        Files.writeString(folder.resolve("src/main.rs"), """
                use semver::Version;
                fn main() {
                    for line in std::fs::read_to_string("pairs").unwrap().lines() {
                        let (left, right) = line.split_once('\\t').unwrap();
                        match (Version::parse(left), Version::parse(right)) {
                            (Ok(left), Ok(right)) => println!("{}", left.cmp_precedence(&right) as i32),
                            _ => println!("x"),
                        }
                    }
                }
                """);
        pairs.assertOrderedBy(SCHEME, Oracle.answersOrSkip(folder, List.of("cargo", "run", "--quiet")), 1500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0", "v1.0.0", "1.0.0-01", "*"})
    void refusesWhatCargoRefuses(String text) {
        assertThat(SCHEME.compare(text, "1.0.0")).isEmpty();
    }
}
