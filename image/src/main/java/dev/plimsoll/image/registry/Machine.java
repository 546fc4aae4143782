package dev.plimsoll.image.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What the client needs of the machine, so that tests can give it another one.
///
/// @param etc folder of the system's configuration, `/etc`
/// @param pace what a body must keep
record Machine(InstantSource clock, Pauses pauses, Names names, Path etc, Pace pace) {

    static Machine real() {
        return new Machine(
                InstantSource.system(),
                Thread::sleep,
                host -> List.of(InetAddress.getAllByName(host)),
                Path.of("/etc"),
                Pace.DEFAULT);
    }

    /// Waits.
    @FunctionalInterface
    interface Pauses {
        void pause(Duration time) throws InterruptedException;
    }

    /// Says which addresses a host has.
    @FunctionalInterface
    interface Names {
        /// @throws IOException when it has none
        List<InetAddress> addresses(String host) throws IOException;
    }

    /// The slowest body that is waited for. Only time counts in which nothing came although it was wanted: a reader
    /// that takes its time does not make its source slow.
    ///
    /// @param window after so much waiting the rate is judged
    /// @param bytesPerSecond least mean rate in a window
    /// @param response longest time until an answer begins
    /// @param connect longest time until a connection is there
    record Pace(Duration window, long bytesPerSecond, Duration response, Duration connect) {

        static final Pace DEFAULT =
                new Pace(Duration.ofSeconds(10), 1024, Duration.ofSeconds(20), Duration.ofSeconds(10));
    }
}
