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
public record Analyzed(List<Fact> facts, List<String> unknowns) {

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
        var facts = new ArrayList<Fact>();
        var unknowns = new ArrayList<String>();
        analyzer.analyze(new LayerFile(path, 0755, size, content), new FactSink() {
            @Override
            public void add(Fact fact) {
                facts.add(fact);
            }

            @Override
            public void unknown(String place, String reason) {
                unknowns.add(place.isEmpty() ? reason : place + ": " + reason);
            }
        });
        return new Analyzed(facts, unknowns);
    }

    /// Facts of the one kind.
    public <T extends Fact> List<T> all(Class<T> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public List<PackageFound> packages() {
        return all(PackageFound.class);
    }

    /// `namespace/name version`, with ` @place` where it is not the file itself.
    public List<String> names() {
        return packages().stream()
                .map(found -> (found.namespace().isEmpty() ? "" : found.namespace() + "/")
                        + found.name()
                        + " "
                        + found.version()
                        + (found.place().isEmpty() ? "" : " @" + found.place()))
                .toList();
    }

    /// Licences of the only package.
    public List<String> licenses() {
        if (packages().size() != 1) {
            throw new AssertionError("not one package: " + names());
        }
        return packages().getFirst().licenses();
    }
}
