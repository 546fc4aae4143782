package dev.plimsoll.inventory.serial;

import dev.plimsoll.image.Healthcheck;
import dev.plimsoll.image.Healthcheck.Times;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonWriter;
import java.time.Duration;
import java.util.Optional;

/// The members of a configuration that hold its healthcheck: the test, and since 1.2 its times in nanoseconds.
final class HealthcheckSection {

    private static final String TEST = "healthcheck";
    private static final String TIMES = "healthcheckTimes";

    private HealthcheckSection() {}

    static void write(JsonWriter json, Optional<Healthcheck> healthcheck) {
        if (healthcheck.isEmpty()) {
            return;
        }
        json.strings(TEST, healthcheck.get().test());
        healthcheck
                .get()
                .times()
                .ifPresent(times -> json.object(
                        TIMES,
                        () -> json.member("interval", times.interval().toNanos())
                                .member("timeout", times.timeout().toNanos())
                                .member("startPeriod", times.startPeriod().toNanos())
                                .member("startInterval", times.startInterval().toNanos())
                                .member("retries", times.retries())));
    }

    static Optional<Healthcheck> read(Node configuration) throws JsonException {
        if (configuration.optional(TEST).isEmpty()) {
            return Optional.empty();
        }
        var times = configuration.optional(TIMES);
        return Optional.of(new Healthcheck(
                configuration.texts(TEST),
                times.isPresent()
                        ? Optional.of(new Times(
                                nanoseconds(times.get(), "interval"),
                                nanoseconds(times.get(), "timeout"),
                                nanoseconds(times.get(), "startPeriod"),
                                nanoseconds(times.get(), "startInterval"),
                                (int) times.get().member("retries").asNumber(0, Integer.MAX_VALUE)))
                        : Optional.empty()));
    }

    private static Duration nanoseconds(Node times, String name) throws JsonException {
        return Duration.ofNanos(times.number(name));
    }
}
