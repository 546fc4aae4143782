package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.objects.FolderObjects;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a copy of the service does is what its roles say.
final class RolesTest {

    @TempDir
    private Path folder;

    private Areas areas(TestDatabase database, String roles) throws IOException {
        var places = new Places(folder);
        return new Areas(
                Configuration.of(Map.of("roles", roles), Map.of(), Optional.empty()),
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

    @Test
    void sayWhatACopyDoes() throws IOException {
        try (var database = TestDatabase.create()) {
            try (var worker = areas(database, "worker")) {
                assertThat(worker.routes())
                        .extracting(Route::path)
                        .contains("/readyz", "/metrics")
                        .noneMatch(path -> path.startsWith("/api/"));
                assertThat(worker.periodics()).extracting(Periodic::name).contains("jobs of lost workers");
            }
            try (var api = areas(database, "api")) {
                assertThat(api.routes()).extracting(Route::path).contains("/api/v1/images");
                assertThat(api.periodics()).extracting(Periodic::name).doesNotContain("jobs of lost workers");
            }
            assertThatThrownBy(() -> areas(database, "api,wroker"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("api, worker, notifier");
            assertThatThrownBy(() -> areas(database, " ")).isInstanceOf(ConfigurationException.class);
        }
    }
}
