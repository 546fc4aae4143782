package dev.plimsoll.inventory.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// The database around the headers.
class RpmDatabaseFuzzTest {

    @TempDir
    static Path folder;

    @MethodSource("seeds")
    @FuzzTest
    void anyDatabaseGivesPackagesAndUnknownsOnly(byte[] bytes) {
        assertThat(Analyzed.by(new RpmDatabaseAnalyzer(), RpmDatabase.PATH, bytes)
                        .packages())
                .allMatch(found -> !found.name().isEmpty());
    }

    /// A good one, and changes of it in its header, its schema and its rows.
    static Stream<byte[]> seeds() {
        var good = RpmDatabase.ofModularPackage(folder);
        return Stream.concat(
                Stream.of(good, new byte[0]),
                Stream.iterate(0, at -> at < good.length, at -> at + 97).map(at -> {
                    var other = good.clone();
                    other[at] ^= (byte) (1 << (at % 8));
                    return other;
                }));
    }
}
