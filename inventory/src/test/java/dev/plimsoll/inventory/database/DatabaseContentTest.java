package dev.plimsoll.inventory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseContentTest {

    /// Keeps what is unknown.
    private static final class Unknowns implements FactSink {

        private final List<String> reasons = new ArrayList<>();

        @Override
        public void add(Fact fact) {
            throw new AssertionError("reading bytes finds no fact: " + fact);
        }

        @Override
        public void unknown(String place, String reason) {
            reasons.add(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 4999, 5000})
    void contentUpToTheLimitIsKept(int length) throws Exception {
        var bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        var facts = new Unknowns();
        try (var content = DatabaseContent.read(new ByteArrayInputStream(bytes), 100, 5000, facts)
                .orElseThrow()) {
            assertThat(content.bytes().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
        }
        assertThat(facts.reasons).isEmpty();
    }

    @Test
    void contentBeyondTheLimitIsUnknownAndLeavesNoFile() throws Exception {
        var before = SpilledDatabases.names();
        var facts = new Unknowns();

        assertThat(DatabaseContent.read(new ByteArrayInputStream(new byte[5001]), 100, 5000, facts))
                .isEmpty();
        assertThat(facts.reasons).containsExactly("the database is over 5000 bytes");
        assertThat(SpilledDatabases.names()).isEqualTo(before);
    }

    @Test
    void aStreamThatFailsLeavesNoFile() throws Exception {
        var before = SpilledDatabases.names();
        var failing = new java.io.SequenceInputStream(new ByteArrayInputStream(new byte[200]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut off");
            }
        });

        assertThatIOException()
                .isThrownBy(() -> DatabaseContent.read(failing, 100, 5000, new Unknowns()))
                .withMessage("cut off");
        assertThat(SpilledDatabases.names()).isEqualTo(before);
    }
}
