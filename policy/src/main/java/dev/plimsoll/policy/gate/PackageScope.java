package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import dev.plimsoll.purl.PackageType;

/// Which packages a rule is about, by who ships them.
enum PackageScope implements Word {
    ALL("all"),
    OS("os"),
    NON_OS("non-os");

    private final String word;

    PackageScope(String word) {
        this.word = word;
    }

    /// The parameter `package_type` where a rule may leave it out: all packages then.
    static final Parameter<PackageScope> OPTIONAL = Parameter.of("package_type", ValueTypes.oneOf(PackageScope.class))
            .describedAs("Packages of the distribution (`os`), of languages (`non-os`), or all.")
            .like("non-os")
            .orElse(ALL);

    @Override
    public String word() {
        return word;
    }

    boolean holds(PackageType type) {
        return switch (this) {
            case ALL -> true;
            case OS -> type.ofDistribution();
            case NON_OS -> !type.ofDistribution();
        };
    }
}
