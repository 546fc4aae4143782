package dev.plimsoll.inventory.analysis;

/// A regular expression to look for in the contents of files.
///
/// @param name by which a bundle asks for its matches
/// @param expression in RE2's syntax
public record ContentSearch(String name, String expression) implements Comparable<ContentSearch> {

    @Override
    public int compareTo(ContentSearch other) {
        var byName = name.compareTo(other.name);
        return byName != 0 ? byName : expression.compareTo(other.expression);
    }
}
