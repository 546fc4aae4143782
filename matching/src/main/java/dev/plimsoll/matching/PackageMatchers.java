package dev.plimsoll.matching;

import dev.plimsoll.purl.PackageType;
import java.util.List;

/// The list of matchers; the first that serves a type judges its packages.
final class PackageMatchers {

    private static final List<PackageMatcher> ALL =
            List.of(new RpmMatcher(), new DebianAndAlpineMatcher(), new LanguageMatcher());

    private PackageMatchers() {}

    static PackageMatcher of(PackageType type) {
        for (var matcher : ALL) {
            if (matcher.serves(type)) {
                return matcher;
            }
        }
        throw new IllegalStateException("no matcher serves " + type);
    }
}
