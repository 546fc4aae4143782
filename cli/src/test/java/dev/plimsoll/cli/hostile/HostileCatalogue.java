package dev.plimsoll.cli.hostile;

import java.util.List;
import java.util.stream.Stream;

/// Every hostile or odd input that is known, by what is hostile about it. A new one is a line in one of the lists.
public final class HostileCatalogue {

    private HostileCatalogue() {}

    /// A small docker archive in which nothing is odd.
    public static byte[] archive() {
        return TarCases.archive().end();
    }

    public static List<HostileCase> all() {
        return Stream.of(
                        PathCases.all(),
                        LinkCases.all(),
                        TarCases.all(),
                        CompressionCases.all(),
                        WholeArchiveCases.all(),
                        ManifestCases.all(),
                        DatabaseCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
