package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        Files.writeString(folder.resolve("src/main.rs"), """
                use semver::{BuildMetadata, Version};
                fn without_build(text: &str) -> Option<Version> {
                    let mut version = Version::parse(text).ok()?;
                    version.build = BuildMetadata::EMPTY;
                    Some(version)
                }
                fn main() {
                    for line in std::fs::read_to_string("pairs").unwrap().lines() {
                        let (left, right) = line.split_once('\\t').unwrap();
                        match (without_build(left), without_build(right)) {
                            (Some(left), Some(right)) => println!("{}", left.cmp(&right) as i32),
                            _ => println!("x"),
                        }
                    }
                }
                """);
        pairs.assertOrderedBy(SCHEME, crateAnswers(), 1500);
    }

    /// Debian's librust-semver-dev has the crate's sources, so that no network is needed; else cargo fetches it.
    private List<String> crateAnswers() throws IOException, InterruptedException {
        var library = packagedCrate();
        if (library.isPresent()) {
            var compile = "rustc --crate-name semver --crate-type rlib --edition 2018 --cap-lints allow"
                    + " --cfg 'feature=\"std\"' '" + library.get() + "'"
                    + " && rustc --edition 2021 --extern semver=libsemver.rlib src/main.rs && ./main";
            Oracle.executable("rustc");
            return Oracle.answersOrSkip(folder, List.of("sh", "-c", compile));
        }
        Files.writeString(folder.resolve("Cargo.toml"), """
                [package]
                name = "oracle"
                version = "0.0.0"
                edition = "2021"

                [dependencies]
                semver = "1"
                """);
        return Oracle.answersOrSkip(folder, List.of("cargo", "run", "--quiet"));
    }

    private static Optional<Path> packagedCrate() throws IOException {
        var crates = Path.of("/usr/share/cargo/registry");
        if (!Files.isDirectory(crates)) {
            return Optional.empty();
        }
        try (var list = Files.list(crates)) {
            return list.filter(crate -> crate.getFileName().toString().startsWith("semver-1."))
                    .map(crate -> crate.resolve("src/lib.rs"))
                    .filter(Files::exists)
                    .findFirst();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0", "v1.0.0", "1.0.0-01", "*"})
    void refusesWhatCargoRefuses(String text) {
        assertThat(SCHEME.compare(text, "1.0.0")).isEmpty();
    }
}
