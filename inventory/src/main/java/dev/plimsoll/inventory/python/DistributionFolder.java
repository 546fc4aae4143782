package dev.plimsoll.inventory.python;

/// The folder that holds what an installer recorded of one distribution, by which the facts of its files name it.
///
/// Source: PyPA, "Recording installed projects", "The .dist-info directory".
final class DistributionFolder {

    private static final String SUFFIX = ".dist-info";

    private DistributionFolder() {}

    /// The `.dist-info` folder of a file directly in it; empty for other files.
    static String of(String file) {
        var slash = file.lastIndexOf('/');
        var folder = slash < 0 ? "" : file.substring(0, slash);
        return folder.regionMatches(true, folder.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length()) ? folder : "";
    }
}
