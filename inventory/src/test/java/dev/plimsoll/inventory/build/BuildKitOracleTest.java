package dev.plimsoll.inventory.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dockerfiles of random pieces against BuildKit's own parser. What BuildKit refuses is not compared.
final class BuildKitOracleTest {

    private static final int DOCKERFILES = 3000;

    private static final String MODULE = "github.com/moby/buildkit/frontend/dockerfile/parser@v0.23.2";

    private static final String PROGRAM = """
            package main

            import (
            	"bytes"
            	"encoding/json"
            	"io"
            	"os"
            	"strings"

            	"github.com/moby/buildkit/frontend/dockerfile/parser"
            )

            type doc struct {
            	Name   string
            	Expand bool
            	Lines  string
            }

            type step struct {
            	Keyword, Text string
            	Flags         []string
            	Line, Last    int
            	List          bool
            	Docs          []doc
            }

            func main() {
            	all, _ := io.ReadAll(os.Stdin)
            	out := json.NewEncoder(os.Stdout)
            	for _, text := range bytes.Split(all, []byte{0}) {
            		result, err := parser.Parse(bytes.NewReader(text))
            		steps := []step{}
            		if err == nil {
            			for _, n := range result.AST.Children {
            				s := step{strings.ToUpper(n.Value), n.Original, n.Flags, n.StartLine, n.EndLine, n.Attributes["json"], []doc{}}
            				for _, h := range n.Heredocs {
            					content := h.Content
            					if h.Chomp {
            						content = parser.ChompHeredocContent(content)
            					}
            					s.Docs = append(s.Docs, doc{h.Name, h.Expand, content})
            				}
            				steps = append(steps, s)
            			}
            		}
            		out.Encode(map[string]any{"ok": err == nil, "steps": steps})
            	}
            }
            """;

    private static final List<String> PIECES = List.of(
            "FROM debian:12\n",
            "from a AS b\n",
            "FROM --platform=$P x\r\n",
            "RUN a \\\n b\n",
            "RUN a \\\n# c\n\n  b\n",
            "RUN a\\\\\n",
            "RUN [\"a\", \"b\"]\n",
            "RUN [\"a\", b]\n",
            "  # comment\n",
            "\n",
            "\t\n",
            "# escape=`\n",
            "# syntax=docker/dockerfile:1\n",
            "#check=skip=all\n",
            "# other=1\n",
            "RUN a `\n b\n",
            "RUN <<EOF\na\n\tb\nEOF\n",
            "RUN <<-EOF\n\ta\n\tEOF\n",
            "RUN <<'E F' cat\n$x\nE F\n",
            "COPY <<a <<\"b\" /x/\n1\na\n2\nb\n",
            "RUN cat <<<x\n",
            "RUN x<<EOF\n",
            "RUN echo $((1<<2))\n",
            "RUN (cat <<EOF)\nz\nEOF)\n",
            "RUN 3<<EOF sh\nq\nEOF\n",
            "ONBUILD RUN <<EOF\no\nEOF\n",
            "ONBUILD COPY a b\n",
            "ENV A=<<EOF\n",
            "COPY --from=b --chown=\"1:2\" a b\n",
            "COPY --link -- --x y\n",
            "ADD --checksum=sha256:a\\ b c d\n",
            "HEALTHCHECK --interval=5s CMD true\n",
            "EXPOSE 80 443/tcp\n",
            "USER app\n",
            "LABEL a=b\n",
            "ARG X=1\n",
            "WORKDIR /a\\ \n",
            "CMD\t[\"x\"]\n",
            "SHELL [\"cmd\", \"/S\"]\n",
            "RUN --mount=type=cache,target=/x make\n",
            "\\\n",
            "RUN a \\ \t\n b\n",
            "STOPSIGNAL 9",
            "RUN echo 'a <<EOF'\n",
            "RUN echo \"$(cat <<EOF)\"\n",
            "RUN <<EOF\nnever ends\n",
            "\uFEFF",
            "RUN ä \\\n ü\n",
            "COPY [\"a b\", \"c\"]\n",
            "volume /a /b\n",
            "maintainer me\n",
            "RUN <<EOF1 <<EOF2\n1\nEOF1\n2\nEOF2\n",
            "RUN \\\n\n\n a\n");

    @TempDir
    private Path folder;

    @Test
    void readsWhatBuildKitReads() throws Exception {
        var random = new Random(7);
        var texts = new ArrayList<String>();
        for (var i = 0; i < DOCKERFILES; i++) {
            var text = new StringBuilder();
            for (var pieces = 1 + random.nextInt(7); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            texts.add(text.toString());
        }
        var answers = buildKit(texts);
        var compared = 0;
        for (var i = 0; i < texts.size(); i++) {
            var answer = (JsonObject) JsonReader.read(answers.get(i), JsonLimits.FOREIGN);
            if (answer.get("ok").equals(java.util.Optional.of(new JsonBoolean(true)))) {
                compared++;
                assertThat(ours(texts.get(i))).as(texts.get(i)).isEqualTo(theirs(answer));
            }
        }
        assertThat(compared).isGreaterThan(DOCKERFILES / 3);
    }

    private static List<String> ours(String text) {
        return DockerfileReaderTest.read(text).instructions().stream()
                .map(step -> step.keyword() + "|" + step.text() + "|" + step.flags() + "|" + step.line() + "-"
                        + step.lastLine() + "|"
                        + step.documents().stream()
                                .map(document -> document.name() + document.expanded() + document.lines())
                                .toList())
                .toList();
    }

    private static List<String> theirs(JsonObject answer) {
        var steps = new ArrayList<String>();
        for (var step : answer.objects("steps")) {
            if (step.string("Keyword").orElse("").isEmpty()) {
                continue; // what is left of a continuation of nothing
            }
            var text = step.string("Text").orElse("");
            var documents = step.objects("Docs").stream()
                    .map(document -> document.string("Name").orElse("")
                            + document.get("Expand").equals(java.util.Optional.of(new JsonBoolean(true)))
                            + document.string("Lines").orElse("").lines().toList())
                    .toList();
            steps.add(step.string("Keyword").orElse("") + "|"
                    + CommandWords.keywordAndRest(text).rest() + "|" + step.strings("Flags") + "|"
                    + number(step, "Line") + "-" + number(step, "Last") + "|" + documents);
        }
        return steps;
    }

    private static int number(JsonObject step, String name) {
        return step.get(name).orElseThrow() instanceof JsonNumber(var value) ? value.intValue() : -1;
    }

    private List<String> buildKit(List<String> texts) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("go.mod"), "module oracle\n\ngo 1.24\n");
        Files.writeString(folder.resolve("main.go"), PROGRAM);
        run("go", "get", MODULE);
        run("go", "build", "-o", "oracle", ".");
        var input = Files.write(folder.resolve("in"), String.join("\0", texts).getBytes(StandardCharsets.UTF_8));
        var output = folder.resolve("out");
        var process = new ProcessBuilder(folder.resolve("oracle").toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(output);
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
        System.err.println("SKIPPED: BuildKitOracleTest needs Go and " + MODULE);
        assumeTrue(false, "no Go, or no " + MODULE);
    }
}
