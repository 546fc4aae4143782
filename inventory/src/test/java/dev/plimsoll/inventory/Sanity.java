package dev.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.purl.PackageUrl;

/// What must hold of whatever an analyzer says of whatever bytes.
public final class Sanity {

    /// In characters: reasons are sentences, not contents.
    private static final int MAX_REASON = 1_000;

    private Sanity() {}

    /// Fails where a package cannot be one, or where an unknown is no sentence.
    public static void check(Analyzed analyzed) {
        for (var found : analyzed.packages()) {
            assertThat(found.name()).isNotBlank().doesNotContain("\n");
            assertThat(found.version()).doesNotContain("\n");
            assertThat(PackageUrl.of(found.type(), found.namespace(), found.name(), found.version(), found.qualifiers())
                            .toString())
                    .startsWith("pkg:");
        }
        assertThat(analyzed.unknowns())
                .allSatisfy(reason -> assertThat(reason)
                        .hasSizeLessThan(MAX_REASON)
                        .doesNotContain("\n")
                        .doesNotEndWith("."));
    }
}
