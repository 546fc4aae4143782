package dev.plimsoll.image;

import dev.plimsoll.image.Image.LayerDescriptor;
import dev.plimsoll.image.Image.LayerResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Sees a layer pass by, once. One visitor serves one layer and is called by one thread.
///
/// @param <R> what it found
public interface LayerVisitor<R> {

    /// Called for each entry in the order of the tar. What is not read of the content is skipped.
    ///
    /// @param content the bytes of a {@link LayerEntry.Kind#FILE}, sparse holes filled in; empty for other kinds.
    ///     Not to be kept.
    /// @throws IOException only when the stream fails: what is wrong with the content is the visitor's own finding
    void visit(LayerEntry entry, InputStream content) throws IOException;

    /// Called for what is odd about an entry. An entry that cannot be given a path inside the image, or is of a
    /// type that nobody knows, is not visited; others are.
    ///
    /// @param path as far as it can be shown, at most a few hundred characters, without control characters; may be
    ///     empty
    /// @param reason for people
    default void problem(String path, String reason) {}

    /// Called once, after the last entry and after the layer's digest was verified.
    R finish() throws IOException;

    /// Makes a visitor for each layer; called from several threads.
    @FunctionalInterface
    interface Factory<R> {
        LayerVisitor<R> visitorFor(int layer);

        /// What an earlier reading of a layer gave, whose bytes are then not asked for. Called from several threads.
        ///
        /// @return empty where it is to be read
        default Optional<LayerResult<R>> known(LayerDescriptor layer) {
            return Optional.empty();
        }
    }
}
