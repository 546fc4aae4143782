package dev.plimsoll.server.backup;

import dev.plimsoll.server.objects.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/// A store during whose first reading something happens.
final class ChangingObjects implements ObjectStore {

    private final ObjectStore objects;
    private final Happening happening;
    private boolean happened;

    ChangingObjects(ObjectStore objects, Happening happening) {
        this.objects = objects;
        this.happening = happening;
    }

    @FunctionalInterface
    interface Happening {
        void happen() throws SQLException;
    }

    @Override
    public Optional<InputStream> read(String digest) throws IOException {
        if (!happened) {
            happened = true;
            try {
                happening.happen();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
        return objects.read(digest);
    }

    @Override
    public String put(Content content) throws IOException {
        return objects.put(content);
    }

    @Override
    public boolean has(String digest) throws IOException {
        return objects.has(digest);
    }

    @Override
    public Path file(String digest) throws IOException {
        return objects.file(digest);
    }

    @Override
    public void delete(String digest) throws IOException {
        objects.delete(digest);
    }

    @Override
    public Stream<String> all() throws IOException {
        return objects.all();
    }

    @Override
    public void close() {}
}
