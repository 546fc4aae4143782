package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.matching.MatchMemory;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.simulation.SimulatedImage;
import dev.plimsoll.policy.simulation.Simulation.Unread;
import dev.plimsoll.policy.waiver.Waivers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Judges stored inventories by two policies, as many at once as there are processors. No more
/// inventories than that are in memory.
///
/// @param folder that names of files are told relative to
record SimulationRun(
        Path folder,
        MatchMemory memory,
        List<Bundle> against,
        List<Bundle> candidate,
        Waivers waivers,
        EvaluationOptions options,
        Action failing,
        Instant at) {

    /// Files between two words of progress.
    private static final int STRIDE = 50;

    /// What became of the files, in their order.
    record Judged(List<SimulatedImage> images, List<Unread> unread) {
        Judged {
            images = List.copyOf(images);
            unread = List.copyOf(unread);
        }
    }

    /// What became of one.
    private sealed interface Outcome {
        record Read(SimulatedImage image) implements Outcome {}

        record Refused(Unread file) implements Outcome {}
    }

    Judged judge(List<Path> files, Progress progress) {
        var images = new ArrayList<SimulatedImage>();
        var unread = new ArrayList<Unread>();
        var workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            var futures = new ArrayList<Future<Outcome>>(files.size());
            files.forEach(file -> futures.add(workers.submit(() -> judge(file))));
            for (int i = 0; i < futures.size(); i++) {
                if (i % STRIDE == 0) {
                    progress.say("judging " + i + " of " + files.size());
                }
                switch (futures.get(i).get()) {
                    case Outcome.Read(var image) -> images.add(image);
                    case Outcome.Refused(var file) -> unread.add(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.usage("interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            workers.shutdownNow();
        }
        return new Judged(images, unread);
    }

    private Outcome judge(Path file) {
        var name = folder.relativize(file).toString();
        try {
            return new Outcome.Read(judge(name, InventoryReader.read(file)));
        } catch (IOException e) {
            return new Outcome.Refused(new Unread(name, Failures.told(e)));
        } catch (OutOfMemoryError _) {
            return new Outcome.Refused(new Unread(name, Main.outOfMemory()));
        }
    }

    private SimulatedImage judge(String file, Inventory inventory) {
        var own = ImageArguments.ownName(inventory);
        var name = own.map(ImageName::parse).orElse(ImageName.ANY);
        var evidence = new Evidence(inventory, memory.match(inventory), name, at);
        return SimulatedImage.of(
                file,
                own.orElse(file),
                own.isEmpty() ? "" : name.registry() + "/" + name.repository(),
                PolicyEvaluator.evaluate(against, waivers, evidence, options),
                PolicyEvaluator.evaluate(candidate, waivers, evidence, options),
                failing);
    }
}
