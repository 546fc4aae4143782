package dev.plimsoll.inventory.content;

/// A file in which a search found something.
///
/// @param search name of the search
/// @param path without the leading slash
/// @param layer index of the layer whose file is visible
/// @param lines numbers from 1, ascending, as many as the limit allows
public record ContentMatch(String search, String path, int layer, java.util.List<Integer> lines) {}
