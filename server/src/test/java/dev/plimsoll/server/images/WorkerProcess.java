package dev.plimsoll.server.images;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.server.jobs.JobObserver;
import dev.plimsoll.server.jobs.JobSettings;
import dev.plimsoll.server.jobs.JobWorkers;
import dev.plimsoll.server.jobs.Jobs;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A service of its own process that begins to read an image, says so by a file, and never ends.
final class WorkerProcess {

    private WorkerProcess() {}

    /// @param arguments URL of the database, folder of the objects, file that is written once a layer is being read
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(arguments[1]);
        var clock = InstantSource.system();
        var limits = AnalysisLimits.DEFAULTS;
        try (var database = Database.open(new Database.Address(arguments[0], "test", "", 4));
                var objects = new FolderObjects(folder.resolve("objects"), folder.resolve("cache"))) {
            var registry =
                    new ImageRegistry((_, _) -> Optional.empty(), _ -> true, limits, "plimsoll/test", folder, Map.of());
            var analysis = new ImageAnalysis(
                    database,
                    objects,
                    registry,
                    (_, _, _) -> {
                        Files.createFile(Path.of(arguments[2]));
                        return forEver();
                    },
                    _ -> AnalysisRequest.nothing(),
                    (_, _, _) -> {},
                    (_, _, _) -> {},
                    limits,
                    clock);
            var defaults = JobSettings.DEFAULTS;
            var settings = new JobSettings(
                    1,
                    1,
                    Duration.ofSeconds(2),
                    Duration.ofMillis(100),
                    Duration.ofMillis(50),
                    defaults.attempts(),
                    defaults.firstPause(),
                    defaults.longestPause(),
                    defaults.keepDone(),
                    defaults.keepPoison(),
                    defaults.grace());
            try (var workers =
                    JobWorkers.start(new Jobs(database, clock, settings, JobObserver.NONE, List.of(analysis)))) {
                Thread.sleep(Duration.ofMinutes(5));
                workers.wake();
            }
        }
    }

    private static Inventory forEver() {
        while (true) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
