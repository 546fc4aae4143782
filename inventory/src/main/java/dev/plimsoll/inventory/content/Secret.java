package dev.plimsoll.inventory.content;

import java.util.OptionalInt;

/// A secret that lies open in an image. The secret itself is never kept.
///
/// @param rule name of the rule that found it
/// @param path in the layer, without the leading slash; `config:env`, `config:command`, `config:labels` or
/// `config:history` for the configuration
/// @param layer index of the layer that holds it; empty for the configuration, and for
/// a folder, which has no layers
/// @param line from 1; 0 where the place has none
/// @param redacted first characters at most, the rest hidden
/// @param digest salted SHA-256 in lower-case hexadecimal, by which one secret is told from another
/// @param deleted whether a higher layer deletes or replaces the file
public record Secret(
        String rule, String path, OptionalInt layer, int line, String redacted, String digest, boolean deleted) {}
