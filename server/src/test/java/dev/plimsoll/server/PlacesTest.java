package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacesTest {

    private static final Configuration NOTHING = Configuration.of(Map.of(), Map.of(), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void liesWhereTheUserKeepsData() {
        assertThat(Places.of(NOTHING, Map.of("XDG_DATA_HOME", "/x", "HOME", "/h"))
                        .data())
                .isEqualTo(Path.of("/x/plimsoll/server"));
        var named = Configuration.of(Map.of("data-folder", "/d/../e"), Map.of(), Optional.empty());
        assertThat(Places.of(named, Map.of("XDG_DATA_HOME", "/x")).data()).isEqualTo(Path.of("/e"));
    }

    @Test
    void makesOneKeyForItsOwnerAlone() throws IOException {
        var keys = Stream.generate(() -> CompletableFuture.supplyAsync(this::key)).limit(16).toList().stream()
                .map(CompletableFuture::join)
                .map(Base64.getEncoder()::encodeToString)
                .distinct();
        assertThat(keys).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("secret.key"));
        }
    }

    private byte[] key() {
        try {
            return new Places(folder).secretKey(NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesAKeyThatIsNoneWithoutShowingIt() throws IOException {
        var file = folder.resolve("named");
        var named = Configuration.of(Map.of("secret-key-file", file.toString()), Map.of(), Optional.empty());
        assertThatThrownBy(() -> new Places(folder).secretKey(named)).hasMessageContaining("can be read");
        for (var text : new String[] {"hunter2!", "aHVudGVyMg=="}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> new Places(folder).secretKey(named))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageNotContaining(text);
        }
    }
}
