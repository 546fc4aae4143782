package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class PartsTest {

    @Test
    void closesEveryPartTheLastFirst() {
        var closed = new ArrayList<String>();
        var parts = new Parts();
        parts.add(() -> closed.add("database"));
        parts.add(() -> {
            closed.add("workers");
            throw new IllegalStateException("they hang");
        });
        parts.add(() -> {
            closed.add("http");
            throw new IOException("no");
        });
        assertThatThrownBy(parts::close)
                .isInstanceOf(IOException.class)
                .hasMessage("no")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("http", "workers", "database");
    }
}
