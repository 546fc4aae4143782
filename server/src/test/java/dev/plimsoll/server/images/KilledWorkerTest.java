package dev.plimsoll.server.images;

import static dev.plimsoll.server.images.TestImages.alpine;
import static dev.plimsoll.server.images.TestImages.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.registry.TestRegistry;
import dev.plimsoll.server.jobs.JobWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process dies in the middle of an analysis, by a signal that it cannot catch.
@Timeout(120)
final class KilledWorkerTest {

    @TempDir
    Path folder;

    @Test
    void anotherOneFinishesWhatItBegan() throws Exception {
        try (var registry = TestRegistry.start().serving("shop/app", "1", alpine("1.0-r0"));
                var service = new TestService(folder)) {
            service.workers.close();
            var answer = service.api.post("/api/v1/images", "{\"reference\":\"" + registry.host() + "/shop/app:1\"}");
            var job = answer.json().object("job");
            var reached = folder.resolve("reached");
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home", ""), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path", ""),
                            WorkerProcess.class.getName(),
                            service.store.address().url(),
                            folder.toString(),
                            reached.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                TestService.await(() -> Files.exists(reached) || !process.isAlive());
                assertThat(reached).as(said(folder.resolve("log"))).exists();
                assertThat(service.image(digest(alpine("1.0-r0"))).string("state"))
                        .hasValue("analyzing");
            } finally {
                process.destroyForcibly().onExit().join();
            }
            assertThat(service.api
                            .get("/api/v1/jobs/" + job.number("id").orElseThrow())
                            .json()
                            .string("state"))
                    .hasValue("running");
            try (var workers = JobWorkers.start(service.jobs)) {
                var rescue = service.jobs.upkeep().getFirst().turn();
                TestService.await(() -> {
                    try {
                        rescue.take();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return workers.activeJobs() > 0 || !service.judged.isEmpty();
                });
                var ended = service.ended(job);
                assertThat(ended.string("state")).hasValue("done");
                assertThat(ended.number("attempts").orElseThrow().intValue()).isEqualTo(2);
            }
            assertThat(service.stored).hasSize(1);
            assertThat(service.judged).hasSize(1);
            assertThat(service.texts("select kind from event")).containsExactly("analysis_update");
            assertThat(service.image(digest(alpine("1.0-r0"))).string("state")).hasValue("analyzed");
        }
    }

    private static String said(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log) : "nothing";
    }
}
