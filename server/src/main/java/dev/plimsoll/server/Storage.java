package dev.plimsoll.server;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.objects.S3Objects;
import dev.plimsoll.server.objects.S3Settings;
import dev.plimsoll.server.postgres.EmbeddedPostgres;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Everything that lasts: where the database is, the objects, the key for secrets. Closing it closes them in turn.
///
/// @param postgres the one of its own; empty where the database is elsewhere
/// @param address of the database, which may be empty yet
record Storage(
        Places places,
        Optional<EmbeddedPostgres> postgres,
        Database.Address address,
        ObjectStore objects,
        SecretBox box)
        implements AutoCloseable {

    /// In connections beyond those of the pool, for whoever looks with tools.
    private static final int LEAST_CONNECTIONS = 4;

    private static final int MOST_CONNECTIONS = 500;

    /// Opens what the settings name; makes what is not there yet.
    ///
    /// @throws IOException with a sentence for people where something cannot be had
    static Storage open(Configuration configuration, Map<String, String> variables) throws IOException {
        var places = Places.of(configuration, variables);
        Files.createDirectories(places.data());
        Files.createDirectories(places.temporary());
        var box = new SecretBox(places.secretKey(configuration));
        int connections = configuration.number(Settings.DATABASE_CONNECTIONS, LEAST_CONNECTIONS, MOST_CONNECTIONS);
        var objects = objects(configuration, places, variables);
        Optional<EmbeddedPostgres> postgres = Optional.empty();
        try {
            postgres = configuration.text(Settings.DATABASE_URL).isEmpty()
                    ? Optional.of(EmbeddedPostgres.start(new dev.plimsoll.server.postgres.Settings(
                            places.postgres(),
                            places.programs(),
                            configuration.text(Settings.POSTGRES_USER),
                            connections,
                            true)))
                    : Optional.empty();
            var address = postgres.map(EmbeddedPostgres::address)
                    .orElseGet(() -> DatabaseUrl.address(configuration, connections));
            return new Storage(places, postgres, address, objects, box);
        } catch (IOException | RuntimeException e) {
            if (postgres.isPresent()) {
                postgres.get().close();
            }
            objects.close();
            throw e;
        }
    }

    private static ObjectStore objects(Configuration configuration, Places places, Map<String, String> variables)
            throws IOException {
        var named = configuration.text(Settings.OBJECTS);
        if (named.isEmpty() || !named.get().startsWith("s3:")) {
            return new FolderObjects(named.map(Path::of).orElse(places.objects()), places.cache());
        }
        // what the settings say goes before what the environment says to every program that speaks to S3
        var environment = new HashMap<>(variables);
        configuration.text(Settings.S3_REGION).ifPresent(value -> environment.put("AWS_REGION", value));
        configuration.text(Settings.S3_ENDPOINT).ifPresent(value -> environment.put("AWS_ENDPOINT_URL_S3", value));
        configuration.text(Settings.S3_ACCESS_KEY).ifPresent(value -> environment.put("AWS_ACCESS_KEY_ID", value));
        configuration.text(Settings.S3_SECRET_KEY).ifPresent(value -> environment.put("AWS_SECRET_ACCESS_KEY", value));
        try {
            return S3Objects.open(S3Settings.of(named.get(), environment), places.cache(), InstantSource.system());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(Settings.OBJECTS.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        objects.close();
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }
}
