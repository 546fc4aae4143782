package dev.plimsoll.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramsTest {

    @TempDir
    private Path place;

    @Test
    void areUnpackedOnceByTwoAtATime() throws Exception {
        try (var pool = Executors.newFixedThreadPool(2)) {
            var both = pool.invokeAll(
                    Stream.<Callable<Programs>>of(() -> Programs.unpack(place), () -> Programs.unpack(place))
                            .toList());
            assertThat(both.get(0).get().folder()).isEqualTo(both.get(1).get().folder());
            assertThat(both.get(0).get().major()).isEqualTo(18);
        }
        try (var left = Files.list(place)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void areUnpackedAnewWhereAFileIsMissingOrCut() throws Exception {
        var program = Programs.unpack(place).folder().resolve("initdb");
        var size = Files.size(program);
        Files.write(program, new byte[7]);
        assertThat(Programs.unpack(place).folder().resolve("initdb")).hasSize(size);
        Files.delete(program);
        assertThat(Programs.unpack(place).folder().resolve("initdb")).hasSize(size);
        try (var left = Files.list(place)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void areRefusedOnOtherMachinesWithTheWayOut() {
        assertThatThrownBy(() -> Programs.unpack(place, "Linux", "aarch64"))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("Linux on aarch64")
                .hasMessageContaining("--database-url");
        assertThatThrownBy(() -> Programs.unpack(place, "Mac OS X", "amd64")).hasMessageContaining("Mac OS X");
    }

    @Test
    void clearAwayWhatAKilledUnpackingLeftLongAgo() throws Exception {
        var old = Files.createDirectories(place.resolve("unpacking1").resolve("bin"))
                .getParent();
        var young = Files.createDirectories(place.resolve("unpacking2"));
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
        Programs.unpack(place);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }
}
