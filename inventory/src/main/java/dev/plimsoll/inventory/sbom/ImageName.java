package dev.plimsoll.inventory.sbom;

import java.util.Locale;
import java.util.regex.Pattern;

/// Tells the name of an image from the paths and titles that stand in its place in many documents.
final class ImageName {

    /// A repository with a registry or folder, a tag or both, and perhaps a digest.
    ///
    /// Source: distribution/reference, "Grammar"; a name without a slash and a tag says too little.
    private static final Pattern FORM = Pattern.compile("(?=[^@]*[/:])"
            + "[a-zA-Z0-9][a-zA-Z0-9.-]*+(?::[0-9]{1,5}(?=/))?"
            + "(?:/[a-z0-9]++(?:[._-]++[a-z0-9]++)*+)*+"
            + "(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

    private static final int MAX_LENGTH = 512;

    private static final Pattern FILE = Pattern.compile(".*\\.(tar|tgz|gz|zst|json|xml|sif|jar)");

    private ImageName() {}

    static boolean isOne(String text) {
        return text.length() <= MAX_LENGTH
                && FORM.matcher(text).matches()
                && !FILE.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }
}
