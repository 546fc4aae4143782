package dev.plimsoll.image.source;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.util.List;

/// A kind of place that images come from. Safe for threads.
interface ImageSource {

    /// What stands before the colon; the usual one first.
    List<String> schemes();

    /// How a user writes such a place, without the scheme: `FOLDER[:TAG]`.
    String form();

    /// Whether a word that a user gave without a scheme can mean something here. Never an error, and soon answered.
    boolean has(String word, SourceContext context);

    /// Opens an image: reads and verifies its manifest and configuration.
    ///
    /// @param place what stands behind the scheme
    /// @throws ImageException when there is nothing, more than one, or nothing readable
    Image open(String place, SourceContext context) throws IOException;
}
