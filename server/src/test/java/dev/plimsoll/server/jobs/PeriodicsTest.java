package dev.plimsoll.server.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PeriodicsTest {

    @Test
    @Timeout(30)
    void goesOnWhateverATurnThrows() throws InterruptedException {
        var turns = new AtomicInteger();
        var third = new CountDownLatch(1);
        try (var periodics = new Periodics()) {
            periodics.start(new Periodic("turns", Duration.ofMillis(1), () -> {
                switch (turns.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("one");
                    case 2 -> throw new StackOverflowError();
                    default -> third.countDown();
                }
                return false;
            }));
            third.await();
        }
    }
}
