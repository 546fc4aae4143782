package dev.plimsoll.inventory.content;

/// A file that was kept whole.
///
/// @param path without the leading slash
/// @param content its bytes in Base64
public record RetrievedFile(String path, String content) {}
