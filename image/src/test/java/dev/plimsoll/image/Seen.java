package dev.plimsoll.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A visitor that keeps everything: entries in order, problems, and the digest of each file's content.
public final class Seen implements LayerVisitor<Seen> {

    public final List<LayerEntry> entries = new ArrayList<>();
    public final Map<String, String> contents = new LinkedHashMap<>();
    public final List<String> problems = new ArrayList<>();

    @Override
    public void visit(LayerEntry entry, InputStream content) throws IOException {
        entries.add(entry);
        if (entry.kind() == LayerEntry.Kind.FILE) {
            contents.put(entry.path(), ImageBytes.hex(content.readAllBytes()));
        }
    }

    @Override
    public void problem(String path, String reason) {
        problems.add(path + ": " + reason);
    }

    @Override
    public Seen finish() {
        return this;
    }
}
