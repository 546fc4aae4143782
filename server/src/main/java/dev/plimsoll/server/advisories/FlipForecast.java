package dev.plimsoll.server.advisories;

import java.io.IOException;
import java.util.List;

/// Foretells what a revision would do to verdicts.
public interface FlipForecast {

    /// Nobody foretells.
    FlipForecast NONE = (_, _) -> 0;

    /// How many of these images would have another decision under the data than they have now. Writes nothing.
    ///
    /// @param data that is not active
    /// @param images rows of images
    /// @throws IOException where an image cannot be read
    int flips(ActiveData.Lease data, List<Long> images) throws IOException;
}
