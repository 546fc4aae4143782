package dev.plimsoll.advisory.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Files of a feed that a test wrote, in its order.
public record MemoryFiles(Map<String, byte[]> files) implements FeedFiles {

    public static MemoryFiles of(String... pathsAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return new MemoryFiles(files);
    }

    @Override
    public void forEach(Predicate<String> wanted, Reader reader) throws IOException {
        for (var file : files.entrySet()) {
            if (wanted.test(file.getKey())) {
                reader.file(file.getKey(), file.getValue());
            }
        }
    }
}
