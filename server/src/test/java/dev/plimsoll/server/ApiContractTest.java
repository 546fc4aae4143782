package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.api.ApiDocument;
import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.http.Router;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of routes and the document of the API say the same.
final class ApiContractTest {

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Areas areas;

    @BeforeEach
    void make() throws IOException {
        database = TestDatabase.create();
        var places = new Places(folder);
        Files.createDirectories(places.temporary());
        areas = new Areas(
                Configuration.of(Map.of(), Map.of(), Optional.empty()),
                new Storage(
                        places,
                        Optional.empty(),
                        database.address(),
                        new FolderObjects(places.objects(), places.cache()),
                        new SecretBox(new byte[SecretBox.KEY_LENGTH])),
                database.database(),
                Map.of(),
                InstantSource.system());
    }

    @AfterEach
    void close() throws IOException {
        areas.close();
        database.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        var described = new TreeSet<String>();
        ApiDocument.read()
                .tree()
                .object("paths")
                .members()
                .forEach((path, item) -> ((JsonObject) item).members().keySet().forEach(method -> {
                    if (!method.equals("parameters")) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                }));
        assertThat(new TreeSet<>(areas.routes().stream().map(Route::name).toList()))
                .isEqualTo(described);
    }

    @Test
    void everyOperationSaysWhatItIsAndHowItFails() {
        var ids = new TreeSet<String>();
        for (var route : areas.routes()) {
            var operation = ApiDocument.read()
                    .tree()
                    .object("paths")
                    .object(route.path())
                    .object(route.method().name().toLowerCase(Locale.ROOT));
            assertThat(operation.string("summary")).as(route.name()).isPresent();
            assertThat(operation.string("operationId").map(ids::add))
                    .as(route.name())
                    .contains(true);
            assertThat(operation.object("responses").members()).as(route.name()).isNotEmpty();
        }
    }

    @Test
    void noTwoRoutesAreOne() {
        assertThat(new Router(areas.routes()).routes()).hasSameSizeAs(List.copyOf(areas.routes()));
    }
}
