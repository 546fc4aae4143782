package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.jobs.JobHandler;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// A job that nobody else wants.
record DoneNow(long id, long account, String text) implements JobHandler.Running {

    @Override
    public Optional<Long> accountId() {
        return Optional.of(account);
    }

    @Override
    public JsonObject payload() {
        try {
            return (JsonObject) JsonReader.read(text, JsonLimits.AUTHORED);
        } catch (JsonException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(String words) {}

    @Override
    public void result(JsonObject result) {}

    @Override
    public void transact(Consumer<Handle> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complete(Consumer<Handle> work) {
        throw new UnsupportedOperationException();
    }
}
