package dev.plimsoll.inventory.sbom;

import java.io.IOException;
import java.io.InputStream;

/// Reads one kind of text into a draft.
@FunctionalInterface
interface DocumentReading {

    /// What was read: the format with its version, and the name of the one that read it.
    ///
    /// @param format `CycloneDX 1.6 JSON`
    /// @param analyzer `cyclonedx-document/1`
    record Read(String format, String analyzer, InventoryDraft draft) {}

    /// Reads to the end of the stream, which stays open.
    ///
    /// @throws IOException when the text is not of the format, exceeds a limit, or the stream fails; the message is
    ///     part of a sentence
    Read read(InputStream in, SbomLimits limits) throws IOException;
}
