package dev.plimsoll.server.notify;

import dev.plimsoll.server.jobs.Periodics;
import dev.plimsoll.server.notify.webhook.WebhookKind;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A process that dispatches and delivers, to be killed.
final class TellingProcess {

    private TellingProcess() {}

    /// @param arguments URL and user of the database
    public static void main(String[] arguments) throws InterruptedException {
        var database = Database.open(new Database.Address(arguments[0], arguments[1], "", 6));
        var notifications = new Notifications(
                database,
                Clock.systemUTC(),
                new SecretBox(new byte[SecretBox.KEY_LENGTH]),
                List.of(new WebhookKind(new DirectOutbound(Duration.ofSeconds(2)), 4)),
                new Notifications.Options(
                        new RetrySchedule(Collections.nCopies(60, Duration.ofMillis(20))),
                        Duration.ofSeconds(3),
                        Optional.empty(),
                        Duration.ofDays(1)));
        var periodics = new Periodics();
        notifications.periodics().forEach(periodics::start);
        new CountDownLatch(1).await();
    }
}
