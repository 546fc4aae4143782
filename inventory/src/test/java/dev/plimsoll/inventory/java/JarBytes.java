package dev.plimsoll.inventory.java;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Builds archives in bytes.
public final class JarBytes {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private boolean stored;

    public static JarBytes jar() {
        return new JarBytes();
    }

    /// Keeps what follows as it is, as Spring Boot does with the archives in its archives.
    public JarBytes stored() {
        stored = true;
        return this;
    }

    public JarBytes with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public JarBytes with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public JarBytes manifest(String... lines) {
        return with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
    }

    public JarBytes properties(String group, String artifact, String version) {
        return with(
                "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
                "#Created by Apache Maven\nversion=" + version + "\ngroupId=" + group + "\nartifactId=" + artifact
                        + "\n");
    }

    public JarBytes pom(String group, String artifact, String text) {
        return with("META-INF/maven/" + group + "/" + artifact + "/pom.xml", text);
    }

    public byte[] bytes() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                var header = new ZipEntry(entry.getKey());
                if (stored) {
                    var checksum = new CRC32();
                    checksum.update(entry.getValue());
                    header.setMethod(ZipEntry.STORED);
                    header.setSize(entry.getValue().length);
                    header.setCrc(checksum.getValue());
                }
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
