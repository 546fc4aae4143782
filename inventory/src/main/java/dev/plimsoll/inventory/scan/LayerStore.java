package dev.plimsoll.inventory.scan;

import dev.plimsoll.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Where the facts of layers are kept between scans: what a layer says depends on the layer and on what is collected
/// alone, so images that share a layer share its facts. Called from several threads.
public interface LayerStore {

    /// @param layer verified digest of its blob
    /// @param analysis digest of everything that decides what is collected
    /// @return what was kept; closed by the caller
    /// @throws IOException where it cannot be read; the layer is then read again
    Optional<InputStream> find(Digest layer, String analysis) throws IOException;

    /// Keeps the facts of a layer.
    ///
    /// @throws IOException where that is not possible; the scan goes on all the same
    void keep(Digest layer, String analysis, Facts facts) throws IOException;

    /// Writes them.
    @FunctionalInterface
    interface Facts {
        void writeTo(OutputStream out) throws IOException;
    }
}
