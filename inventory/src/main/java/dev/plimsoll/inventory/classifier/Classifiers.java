package dev.plimsoll.inventory.classifier;

import dev.plimsoll.inventory.Glob;
import dev.plimsoll.inventory.classifier.Classifier.Evidence;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The table of products, `classifiers.yaml`, by the names of their files. Immutable; read when it is first needed.
public final class Classifiers {

    private static final String TABLE = "classifiers.yaml";

    private final List<Classifier> all;
    private final Map<String, List<Classifier>> byName = new HashMap<>();
    private final List<Patterned> byPattern = new ArrayList<>();

    /// A product of whose files a pattern tells how the name begins.
    private record Patterned(String beginning, Classifier classifier) {}

    private Classifiers(List<Classifier> all) {
        this.all = all;
        for (var classifier : all) {
            var literals = classifier.files().stream()
                    .flatMap(glob -> Classifier.literal(glob).stream())
                    .distinct()
                    .toList();
            literals.forEach(
                    name -> byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(classifier));
            classifier.files().stream()
                    .filter(glob -> Classifier.literal(glob).isEmpty())
                    .forEach(glob -> byPattern.add(new Patterned(Classifier.beginning(glob), classifier)));
        }
    }

    private static final class Holder {
        static final Classifiers TABLE_READ = read();
    }

    /// The table that is built in.
    public static Classifiers table() {
        return Holder.TABLE_READ;
    }

    /// In the order of the table.
    public List<Classifier> all() {
        return all;
    }

    /// Those that a file of this path may belong to.
    List<Classifier> of(String path) {
        var found = new ArrayList<Classifier>();
        for (var classifier : byName.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of())) {
            if (classifier.fits(path)) {
                found.add(classifier);
            }
        }
        var name = path.substring(path.lastIndexOf('/') + 1);
        for (var row : byPattern) {
            if (name.startsWith(row.beginning())
                    && !found.contains(row.classifier())
                    && row.classifier().fits(path)) {
                found.add(row.classifier());
            }
        }
        return found;
    }

    private static Classifiers read() {
        try (var stream = Classifiers.class.getResourceAsStream(TABLE)) {
            if (stream == null) {
                throw new IllegalStateException("the table " + TABLE + " is not there");
            }
            return of(stream.readAllBytes());
        } catch (JsonException e) {
            throw new IllegalStateException("the table " + TABLE + " is broken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + TABLE + " cannot be read", e);
        }
    }

    /// @throws JsonException where a row is not as it must be
    static Classifiers of(byte[] yaml) throws JsonException {
        var rows = new ArrayList<Classifier>();
        if (JsonReader.read(withoutComments(yaml), JsonLimits.FOREIGN) instanceof JsonObject table) {
            for (var row : table.objects("classifiers")) {
                rows.add(classifier(row));
            }
        }
        return new Classifiers(List.copyOf(rows));
    }

    /// The table is YAML in its JSON form, which is read a great deal sooner; only the lines of the comment at its
    /// beginning are not
    /// JSON.
    private static byte[] withoutComments(byte[] yaml) {
        int start = 0;
        while (start < yaml.length && yaml[start] == '#') {
            while (start < yaml.length && yaml[start++] != '\n') {
                // to the end of the line
            }
        }
        return Arrays.copyOfRange(yaml, start, yaml.length);
    }

    private static Classifier classifier(JsonObject row) throws JsonException {
        var product = row.string("product").orElseThrow(() -> new JsonException("a row has no product"));
        var purl = PackageUrl.parse(row.string("purl").orElse("pkg:generic/" + product))
                .orElseThrow(() -> new JsonException(product + ": its purl is none"));
        var evidences = new ArrayList<Evidence>();
        for (var evidence : row.objects("evidence")) {
            var module = evidence.string("module");
            evidences.add(
                    module.isPresent()
                            ? new Evidence.Go(
                                    module.get(),
                                    evidence.get("toolchain").equals(java.util.Optional.of(new JsonBoolean(true))))
                            : new Evidence.Text(
                                    evidence.string("text")
                                            .orElseThrow(() -> new JsonException(product + ": evidence without text")),
                                    evidence.string("version")
                                            .orElseThrow(
                                                    () -> new JsonException(product + ": evidence without version")),
                                    evidence.string("also").orElse("")));
        }
        return new Classifier(
                product,
                row.strings("files").stream()
                        .map(file -> new Glob("**/" + file))
                        .toList(),
                PackageType.of(purl.type())
                        .orElseThrow(() -> new JsonException(product + ": its purl has an unknown type")),
                purl.namespace(),
                purl.name(),
                row.strings("cpes"),
                List.copyOf(evidences),
                row.strings("unless"),
                row.string("source").orElse(""),
                row.string("verified").orElse(""));
    }
}
