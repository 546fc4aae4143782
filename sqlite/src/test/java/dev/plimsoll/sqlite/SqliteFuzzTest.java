package dev.plimsoll.sqlite;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

class SqliteFuzzTest {

    @TempDir
    static Path folder;

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesGiveRowsOrASqliteException(byte[] bytes) {
        Samples.readsAll(bytes);
    }

    static Stream<byte[]> seeds() throws Exception {
        return Stream.of(Samples.small(folder));
    }
}
