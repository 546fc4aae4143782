package dev.plimsoll.inventory;

import dev.plimsoll.inventory.Fact.PackageFound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What an analyzer said of one file.
///
/// @param unknowns `place: reason`, or the reason alone
public record Analyzed(List<PackageFound> packages, List<String> unknowns) {

    /// @param text encoded as UTF-8
    public static Analyzed by(Analyzer analyzer, String path, String text) {
        return by(analyzer, path, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Analyzed by(Analyzer analyzer, String path, byte[] content) {
        try {
            return by(analyzer, path, content.length, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException("the stream did not fail", e);
        }
    }

    public static Analyzed by(Analyzer analyzer, String path, long size, InputStream content) throws IOException {
        var packages = new ArrayList<PackageFound>();
        var unknowns = new ArrayList<String>();
        analyzer.analyze(new LayerFile(path, 0755, size, content), new FactSink() {
            @Override
            public void add(Fact fact) {
                packages.add((PackageFound) fact);
            }

            @Override
            public void unknown(String place, String reason) {
                unknowns.add(place.isEmpty() ? reason : place + ": " + reason);
            }
        });
        return new Analyzed(packages, unknowns);
    }

    /// `namespace/name version`, with ` @place` where it is not the file itself.
    public List<String> names() {
        return packages.stream()
                .map(found -> (found.namespace().isEmpty() ? "" : found.namespace() + "/")
                        + found.name()
                        + " "
                        + found.version()
                        + (found.place().isEmpty() ? "" : " @" + found.place()))
                .toList();
    }

    /// Licences of the only package.
    public List<String> licenses() {
        if (packages.size() != 1) {
            throw new AssertionError("not one package: " + names());
        }
        return packages.getFirst().licenses();
    }
}
