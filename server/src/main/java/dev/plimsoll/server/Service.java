package dev.plimsoll.server;

import dev.plimsoll.server.accounts.FirstAccount;
import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.http.Dispatcher;
import dev.plimsoll.server.http.HttpServer;
import dev.plimsoll.server.http.Router;
import dev.plimsoll.server.http.TlsFiles;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.jobs.Periodics;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The running service: every area is made here, once, and handed what it needs. Closing it lets what has begun come to
/// its end.
final class Service implements AutoCloseable {

    private static final Duration TLS_PAUSE = Duration.ofSeconds(10);

    private final Parts parts;
    private final int port;
    private final Optional<String> firstKey;

    private Service(Parts parts, int port, Optional<String> firstKey) {
        this.parts = parts;
        this.port = port;
        this.firstKey = firstKey;
    }

    /// @param storage is closed with the service, and where it cannot start
    /// @throws IOException where what TLS needs cannot be read
    static Service start(
            Configuration configuration, Storage storage, Map<String, String> variables, InstantSource clock)
            throws IOException {
        var parts = new Parts();
        parts.add(storage::close);
        try {
            return start(configuration, storage, variables, clock, parts);
        } catch (IOException | RuntimeException e) {
            parts.closeAfter(e);
            throw e;
        }
    }

    private static Service start(
            Configuration configuration,
            Storage storage,
            Map<String, String> variables,
            InstantSource clock,
            Parts parts)
            throws IOException {
        var database = Database.open(storage.address());
        parts.add(database::close);
        var areas = new Areas(configuration, storage, database, variables, clock);
        parts.add(areas::close);
        var tls = tls(configuration);
        var periodics = new Periodics();
        parts.add(periodics::close);
        var http = HttpServer.start(
                new HttpServer.Listener(
                        configuration.value(Settings.HOST).text(),
                        configuration.number(Settings.PORT, 0, 65_535),
                        tls.map(TlsFiles::context),
                        configuration.number(Settings.MAX_REQUESTS, 1, 100_000)),
                new Dispatcher(new Router(areas.routes()), areas.authenticator(), areas.metrics()));
        parts.add(http::close);
        parts.add(areas.health()::close);
        // after the port is had: a key that is shown once must not be made by a start that fails
        var firstKey = FirstAccount.ensure(database.jdbi(), clock);
        areas.work();
        areas.periodics().forEach(periodics::start);
        // a certificate is renewed while the service runs
        tls.ifPresent(files -> periodics.start(new Periodic("tls-files", TLS_PAUSE, () -> {
            files.reload();
            return false;
        })));
        return new Service(parts, http.port(), firstKey);
    }

    private static Optional<TlsFiles> tls(Configuration configuration) throws IOException {
        var certificate = configuration.path(Settings.TLS_CERTIFICATE);
        var key = configuration.path(Settings.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw configuration.wrong(
                    certificate.isPresent() ? Settings.TLS_KEY : Settings.TLS_CERTIFICATE,
                    "must be given where the other of tls-certificate and tls-key is");
        }
        return certificate.isPresent()
                ? Optional.of(TlsFiles.open(certificate.get(), key.orElseThrow()))
                : Optional.empty();
    }

    int port() {
        return port;
    }

    /// The key of the first account's administrator, where this start made it.
    Optional<String> firstKey() {
        return firstKey;
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
