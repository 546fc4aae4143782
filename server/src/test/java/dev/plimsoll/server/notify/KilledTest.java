package dev.plimsoll.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.events.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// A process that is killed in the middle of dispatch and delivery, again and again: every message
/// arrives.
final class KilledTest {

    private static final int EVENTS = 200;

    /// In milliseconds: a guard against hangs.
    private static final long PATIENCE = 120_000;

    @Test
    void everyMessageArrives() throws Exception {
        try (var scene = Scene.ofWebhooks();
                // every second one, in no order that fits that of messages
                var receiver = Receiver.start(
                        Scene.SECRET,
                        request -> Integer.bitCount(request * 0x9E37_79B9) % 2 == 0
                                ? Receiver.status(500)
                                : Receiver.status(200))) {
            scene.webhook("hook", receiver.url());
            scene.subscribe("one", "hook", "");
            var events = new ArrayList<Event>();
            for (int i = 0; i < EVENTS; i++) {
                events.add(scene.found("r.test/a:" + i, "CVE-2026-0001", "high"));
            }
            scene.happens(events);
            int killed = 0;
            for (int stage = 1; stage <= 4; stage++) {
                int wanted = stage == 4 ? EVENTS : stage * EVENTS / 5;
                var process = start(scene);
                try {
                    await(
                            process,
                            () -> receiver.accepted().size() >= wanted
                                    && (wanted < EVENTS || scene.states().getOrDefault("delivered", 0) == EVENTS));
                } finally {
                    process.destroyForcibly().waitFor();
                }
                killed += receiver.accepted().size() < EVENTS ? 1 : 0;
            }

            assertThat(killed).as("times that it was killed with messages left").isEqualTo(3);
            assertThat(receiver.forged()).isZero();
            assertThat(receiver.accepted().keySet())
                    .containsExactlyInAnyOrderElementsOf(scene.column("select cast(id as text) from delivery"));
            assertThat(scene.column("select distinct cast(event_id as text) from delivery_event"))
                    .containsExactlyInAnyOrderElementsOf(
                            events.stream().map(event -> event.id().toString()).toList());
        }
    }

    private static Process start(Scene scene) throws IOException {
        var address = scene.test.address();
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TellingProcess.class.getName(),
                        address.url(),
                        address.user()))
                .inheritIO()
                .start();
    }

    private static void await(Process process, BooleanSupplier done) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE * 1_000_000; !done.getAsBoolean(); Thread.sleep(5)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IllegalStateException("it did not happen; the process "
                        + (process.isAlive() ? "lives" : "ended with " + process.exitValue()));
            }
        }
    }
}
