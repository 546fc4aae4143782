package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.ContentObserver;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Takes the facts of layers from where they are kept, and has the others read. Safe for several threads.
final class KnownLayers implements LayerVisitor.Factory<LayerEvidence> {

    private static final int BUFFER = 1 << 16;

    private final LayerStore store;
    private final String analysis;
    private final Supplier<LayerVisitor<LayerEvidence>> visitors;
    private final Set<Integer> taken = ConcurrentHashMap.newKeySet();

    KnownLayers(LayerStore store, String analysis, Supplier<LayerVisitor<LayerEvidence>> visitors) {
        this.store = store;
        this.analysis = analysis;
        this.visitors = visitors;
    }

    /// Digest of everything that decides what is collected of a layer, whatever the image.
    static String analysis(ScanOptions options, List<Analyzer> analyzers, List<ContentObserver> observers) {
        var text = "form " + LayerWriter.VERSION + "\nsettings "
                + options.analysis().digest() + "\nanalyzers "
                + analyzers.stream().map(each -> each.id().toString()).sorted().toList() + "\nobservers "
                + observers.stream().map(each -> each.id().toString()).sorted().toList() + "\nexcluded "
                + options.excludes().stream().sorted().toList() + "\nlimits " + options.limits() + " "
                + options.reading().limits();
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public LayerVisitor<LayerEvidence> visitorFor(int layer) {
        return visitors.get();
    }

    @Override
    public Optional<LayerResult<LayerEvidence>> known(LayerDescriptor layer) {
        try (var kept = store.find(layer.digest(), analysis).orElse(null)) {
            if (kept == null) {
                return Optional.empty();
            }
            var result = LayerReader.read(new BufferedInputStream(kept, BUFFER));
            taken.add(layer.index());
            return Optional.of(result);
        } catch (IOException _) {
            // what was kept is of no use; the layer itself is there
            return Optional.empty();
        }
    }

    /// Keeps the facts of the layers that were read. That it cannot be done costs time later, and nothing else.
    void keep(List<LayerDescriptor> layers, List<LayerResult<LayerEvidence>> results) {
        for (int i = 0; i < layers.size() && i < results.size(); i++) {
            var layer = layers.get(i);
            var result = results.get(i);
            if (!taken.contains(layer.index())) {
                try {
                    store.keep(layer.digest(), analysis, out -> {
                        var buffered = new BufferedOutputStream(out, BUFFER);
                        LayerWriter.write(result, buffered);
                        buffered.flush();
                    });
                } catch (IOException _) {
                    return;
                }
            }
        }
    }
}
