package dev.plimsoll.report.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the official library reads in a document of ours, and what it answers by it.
final class OpenVexOracleTest {

    private static final String MODULE = "github.com/openvex/go-vex/pkg/vex@v0.2.5";

    private static final String PROGRAM = """
            package main

            import (
            	"fmt"
            	"os"

            	"github.com/openvex/go-vex/pkg/vex"
            )

            func main() {
            	doc, err := vex.Open(os.Args[1])
            	if err != nil {
            		fmt.Println("unreadable", err)
            		return
            	}
            	fmt.Println(doc.Context, doc.Author, doc.Timestamp.UTC().Format("2006-01-02T15:04:05Z"), len(doc.Statements))
            	for _, s := range doc.Statements {
            		if err := s.Validate(); err != nil {
            			fmt.Println("invalid", s.Vulnerability.Name, err)
            		}
            	}
            	for i := 2; i+2 < len(os.Args); i += 3 {
            		found := doc.Matches(os.Args[i], os.Args[i+1], []string{os.Args[i+2]})
            		status := "nothing"
            		if len(found) > 0 {
            			status = string(found[0].Status) + " " + string(found[0].Justification)
            		}
            		fmt.Println(os.Args[i], status)
            	}
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theOfficialLibraryReadsWhatWeWrite() throws Exception {
        var document = OpenVex.of(
                        OpenVexTest.waivers(OpenVexTest.WAIVERS),
                        OpenVexTest.options(
                                List.of(),
                                OpenVexTest.result(
                                        "registry.example/shop/web:1.4",
                                        "CVE-2023-1 " + OpenVexTest.LODASH + " n",
                                        "CVE-2023-2 pkg:npm/a@1 a",
                                        "CVE-2023-3 pkg:npm/a@1 u")))
                .document()
                .orElseThrow();

        var image = OpenVexTest.IMAGE;
        assertThat(answers(
                        document,
                        List.of("CVE-2023-1", image, OpenVexTest.LODASH),
                        List.of("GHSA-aaaa", image, OpenVexTest.LODASH),
                        List.of("CVE-2023-1", image, "pkg:npm/other@1"),
                        List.of("CVE-2023-1", image.replace("web", "api"), OpenVexTest.LODASH),
                        List.of("CVE-2023-2", image, "pkg:npm/a@1"),
                        List.of("CVE-2023-3", image, "pkg:npm/a@1")))
                .containsExactly(
                        "https://openvex.dev/ns/v0.2.0 Shop <shop@example.org> 2026-06-01T00:00:00Z 3",
                        "CVE-2023-1 not_affected vulnerable_code_not_in_execute_path",
                        "GHSA-aaaa not_affected vulnerable_code_not_in_execute_path",
                        "CVE-2023-1 nothing",
                        "CVE-2023-1 nothing",
                        "CVE-2023-2 affected ",
                        "CVE-2023-3 under_investigation ");
    }

    @SafeVarargs
    private List<String> answers(String document, List<String>... questions) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("go.mod"), "module oracle\n\ngo 1.24\n");
        Files.writeString(folder.resolve("main.go"), PROGRAM);
        run("go", "get", MODULE);
        run("go", "build", "-o", "oracle", ".");
        var command = new ArrayList<>(List.of(
                folder.resolve("oracle").toString(),
                Files.writeString(folder.resolve("waivers.openvex.json"), document)
                        .toString()));
        for (var question : questions) {
            command.addAll(question);
        }
        var output = folder.resolve("out");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    private void run(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return;
            }
            process.destroyForcibly();
        } catch (IOException _) {
            // there is no such program
        }
        System.err.println("SKIPPED: OpenVexOracleTest needs Go and " + MODULE);
        assumeTrue(false, "no Go, or no " + MODULE);
    }
}
