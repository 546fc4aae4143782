package dev.plimsoll.image.daemon;

import java.time.Duration;

/// How long and how much one listens to a daemon.
///
/// @param connect for a connection to be made, its TLS handshake included
/// @param answer for a whole answer that is a document
/// @param exportStart for the first byte of an export: an engine may write all of it to its own disk first
/// @param idle between two bytes of an export
/// @param window in which an export must bring at least `windowBytes`
/// @param windowBytes see `window`
/// @param headerBytes of the status line, the headers and the trailers of one answer together
/// @param documentBytes of a document
/// @param documentValues of a document: what takes little room as text can take fifty times as much in memory
public record DaemonLimits(
        Duration connect,
        Duration answer,
        Duration exportStart,
        Duration idle,
        Duration window,
        long windowBytes,
        int headerBytes,
        int documentBytes,
        int documentValues) {

    public static final DaemonLimits DEFAULTS = new DaemonLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            1 << 20,
            64 << 10,
            32 << 20,
            1_000_000);

    /// For the question whether an image is there, which must never keep anybody waiting: one connection,
    /// one answer. Podman takes most of a second on a busy machine.
    public static final DaemonLimits QUICK = new DaemonLimits(
            Duration.ofMillis(250),
            Duration.ofMillis(1700),
            DEFAULTS.exportStart,
            DEFAULTS.idle,
            DEFAULTS.window,
            DEFAULTS.windowBytes,
            DEFAULTS.headerBytes,
            DEFAULTS.documentBytes,
            DEFAULTS.documentValues);
}
