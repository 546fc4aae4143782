package dev.plimsoll.inventory.golang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.RealImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `go tool nm` as the second opinion, over programs that the test builds.
class GoSymbolsOracleTest {

    private static final String PROGRAM = """
            package main

            import (
                "fmt"
                "os"

                "example.org/dotted.v2/sub.package"
            )

            func main() {
                for i := range os.Args {
                    defer func() { fmt.Println(i) }()
                }
                sub.Use(os.Args)
            }
            """;

    private static final String USED = """
            package sub

            import "fmt"

            type Held[T any] struct{ values []T }

            //go:noinline
            func (h *Held[T]) Add(value T) { h.values = append(h.values, value) }

            type Kind int

            //go:noinline
            func (k Kind) Name() string { return fmt.Sprint(int(k)) }

            func inlined(text string) int { return len(text) + 1 }

            func Use(words []string) {
                held := &Held[string]{}
                for _, word := range words {
                    held.Add(word)
                    fmt.Println(inlined(word), Kind(len(word)).Name())
                }
            }

            func Unused() { fmt.Println("nobody calls it") }
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        write(
                "go.mod",
                "module example.test/app\n\ngo 1.21\n\nrequire example.org/dotted.v2 v1.0.0\n\n"
                        + "replace example.org/dotted.v2 => ./dotted\n");
        write("main.go", PROGRAM);
        write("dotted/go.mod", "module example.org/dotted.v2\n\ngo 1.21\n");
        write("dotted/sub.package/sub.go", USED);
    }

    private static void write(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }

    /// The functions of each module of a program, as texts.
    private static Map<String, String> symbols(Path program) throws IOException {
        var analyzed = Analyzed.by(new GoBinaryAnalyzer(true), "app", Files.readAllBytes(program));
        assertThat(analyzed.unknowns()).isEmpty();
        var texts = new TreeMap<String, String>();
        for (var found : analyzed.packages()) {
            texts.put(found.name(), found.properties().get(PackageProperty.SYMBOLS));
        }
        assertThat(texts).containsOnlyKeys("app", "dotted.v2", "stdlib");
        return texts;
    }

    private static Path build(String system, String... options) throws IOException, InterruptedException {
        var program =
                folder.resolve("app-" + system + "-" + String.join("", options).hashCode());
        var command = new ArrayList<>(List.of(
                "env",
                "GOOS=" + system,
                "GOARCH=amd64",
                "CGO_ENABLED=0",
                "GOTOOLCHAIN=local",
                "GOFLAGS=-mod=mod",
                "GOPROXY=off",
                "go",
                "build",
                "-o",
                program.toString()));
        command.addAll(List.of(options));
        command.add(".");
        RealImage.answers(folder, command);
        return program;
    }

    @Test
    void everyFunctionThatGoListsIsThere() throws IOException, InterruptedException {
        for (var system : List.of("linux", "windows", "darwin")) {
            var program = build(system);
            var texts = symbols(program);
            var library = GoSymbols.parse(String.valueOf(texts.get("stdlib"))).orElseThrow();
            var module = GoSymbols.parse(String.valueOf(texts.get("dotted.v2"))).orElseThrow();
            var compared = 0;
            for (var line : RealImage.answers(folder, List.of("go", "tool", "nm", program.toString()))) {
                var cells = line.strip().split(" +", 3);
                if (cells.length < 3 || !cells[1].equalsIgnoreCase("t")) {
                    continue;
                }
                // Go's tool tells wrappers by their calling convention, which the table does not.
                var name = FunctionName.of(cells[2].replaceAll("\\.abi(0|internal)$", ""));
                // Beside functions the linker's own marks stand there, without a table's entry.
                if (name.isEmpty() || name.get().path().contains(":") || isMark(cells[2])) {
                    continue;
                }
                for (var symbol : name.get().symbols()) {
                    var path = name.get().path();
                    if (path.startsWith("example.org/")) {
                        assertThat(module.mayHold(path.substring("example.org/dotted.v2/".length()), symbol))
                                .as(line)
                                .isTrue();
                    } else if (!path.equals("main")) {
                        assertThat(library.mayHold(path, symbol)).as(line).isTrue();
                    }
                    compared++;
                }
            }
            assertThat(compared).as(system).isGreaterThan(1000);

            assertThat(module.mayHold("sub.package", "Held.Add")).isTrue();
            assertThat(module.mayHold("sub.package", "Kind.Name")).isTrue();
            assertThat(module.mayHold("sub.package", "inlined")).isTrue();
            assertThat(module.mayHold("sub.package", "Unused")).isFalse();
            assertThat(library.mayHold("net/http", "")).isFalse();
            assertThat(library.mayHold("fmt", "Sscan")).isFalse();
            assertThat(library.platforms()).containsExactly(system + "/amd64");
            assertThat(GoSymbols.parse(String.valueOf(texts.get("app")))
                            .orElseThrow()
                            .mayHold("", "main"))
                    .isTrue();
        }
    }

    private static boolean isMark(String name) {
        return name.equals("runtime.text")
                || name.equals("runtime.etext")
                || name.startsWith("runtime.text.")
                || name.startsWith("go.");
    }

    @Test
    void strippingTakesNothingAway() throws IOException, InterruptedException {
        for (var system : List.of("linux", "windows", "darwin")) {
            assertThat(symbols(build(system, "-trimpath", "-ldflags", "-s -w")))
                    .as(system)
                    .isEqualTo(symbols(build(system, "-trimpath")));
        }
    }

    @Test
    void aProgramThatMayLieAnywhereIsRead() throws IOException, InterruptedException {
        for (var system : List.of("linux", "windows", "darwin")) {
            var module = GoSymbols.parse(String.valueOf(symbols(build(system, "-buildmode=pie", "-ldflags", "-s -w"))
                            .get("dotted.v2")))
                    .orElseThrow();
            assertThat(module.mayHold("sub.package", "inlined")).as(system).isTrue();
        }
    }
}
