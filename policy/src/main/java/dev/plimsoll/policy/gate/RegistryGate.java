package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.background.PackageIndex;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The gates `npms` and `ruby_gems`: packages of a registry, and what the registry holds (`--package-index`).
final class RegistryGate implements Gate {

    private static final Parameter<String> NAME = Parameter.of("name", ValueTypes.TEXT)
            .describedAs("Name of the package that must not be there.")
            .like("left-pad")
            .mustBeGiven();
    private static final Parameter<String> VERSION = Parameter.of("version", ValueTypes.TEXT)
            .describedAs("Only this version.")
            .like("1.0.1");

    private final Words words;

    private RegistryGate(Words words) {
        this.words = words;
    }

    /// What the two gates call things.
    ///
    /// @param plural `NPM packages`
    /// @param registry as messages name it: `NPM`
    /// @param prefix of the message about an older version
    /// @param deniedPrefix of the message about a denied package
    private record Words(
            String gate,
            PackageType type,
            String plural,
            String registry,
            String prefix,
            String deniedPrefix,
            String newer,
            String unknown,
            String badVersion,
            String denylist,
            String olderDenylist) {}

    static RegistryGate npms() {
        return new RegistryGate(new Words(
                "npms",
                PackageType.NPM,
                "NPM packages",
                "NPM",
                "NPMNOTLATEST ",
                "NPM Package",
                "newer_version_in_feed",
                "unknown_in_feeds",
                "version_not_in_feeds",
                "denylisted_name_version",
                "blacklisted_name_version"));
    }

    static RegistryGate rubyGems() {
        return new RegistryGate(new Words(
                "ruby_gems",
                PackageType.GEM,
                "Gem packages",
                "GEM",
                "",
                "Gem Package",
                "newer_version_found_in_feed",
                "not_found_in_feed",
                "version_not_found_in_feed",
                "denylist",
                "blacklist"));
    }

    @Override
    public String name() {
        return words.gate();
    }

    @Override
    public String description() {
        return words.plural() + ", and what their registry holds: give it with `--package-index`.";
    }

    @Override
    public List<String> differences() {
        return List.of(
                "There is no feed; a file says what the registry holds (docs/background.md). Without it the triggers that ask"
                        + " for it cannot be judged.",
                "A package fires once for each of its versions, however often it is installed.");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.named(words.newer())
                        .describedAs("Fires for each package that is older than the newest version of the index.")
                        .differingIn("A package that is newer than the index's newest version does not fire.")
                        .judgedBy((_, subject) -> judge(subject, this::newer)),
                Trigger.named(words.unknown())
                        .describedAs("Fires for each package that the index does not have.")
                        .judgedBy((_, subject) -> judge(subject, this::unknown)),
                Trigger.named(words.badVersion())
                        .describedAs("Fires for each package whose version the index does not have.")
                        .judgedBy((_, subject) -> judge(subject, this::badVersion)),
                Trigger.named(words.denylist())
                        .once(words.olderDenylist())
                        .describedAs("Fires for each version of the package that is there. Needs no index.")
                        .with(NAME, VERSION)
                        .judgedBy(this::judgeDenied),
                Trigger.named("feed_data_unavailable")
                        .describedAs("Fires where such packages are there and no index of them was given.")
                        .differingIn("Without such packages it is quiet; Anchore's fires then too.")
                        .judgedBy((_, subject) -> judgeUnavailable(subject)));
    }

    /// What the index says of a package.
    private sealed interface Finding {}

    private record Fires(Firing firing) implements Finding {}

    private record Quiet() implements Finding {}

    private record CannotTell(String why) implements Finding {}

    @FunctionalInterface
    private interface Question {
        Finding ask(ImagePackage item, Optional<PackageIndex.Entry> entry);
    }

    private Outcome judge(Subject subject, Question question) {
        var packages = packages(subject);
        var gaps = new ArrayList<>(unread(subject));
        if (packages.isEmpty()) {
            return Outcome.of(List.of(), gaps);
        }
        var index = subject.background().packageIndex().filter(found -> found.covers(words.type()));
        if (index.isEmpty()) {
            gaps.add(Gap.unknown("what the registry of " + words.plural() + " holds is not known: give --package-index"
                    + " with packages of type " + words.type().purlType()));
            return Outcome.of(List.of(), gaps);
        }
        var firings = new ArrayList<Firing>();
        var open = new TreeSet<String>();
        for (var item : packages) {
            switch (question.ask(item, index.get().find(words.type(), item.name()))) {
                case Fires(var firing) -> firings.add(firing.about(item));
                case Quiet() -> {}
                case CannotTell(var why) -> open.add(why);
            }
        }
        if (!open.isEmpty()) {
            gaps.add(Gap.unknown("the package index does not tell " + PackageNames.some(open)));
        }
        return Outcome.of(firings, gaps);
    }

    private Finding newer(ImagePackage item, Optional<PackageIndex.Entry> entry) {
        if (entry.isEmpty()) {
            return new Quiet();
        }
        var latest = entry.get().latest();
        if (latest.isEmpty()) {
            return new CannotTell("the newest version of " + item.name());
        }
        if (latest.get().equals(item.version())) {
            return new Quiet();
        }
        var order = VersionScheme.of(item.type()).flatMap(scheme -> scheme.compare(item.version(), latest.get()));
        if (order.isEmpty()) {
            return new CannotTell("whether " + PackageNames.of(item) + " is older than " + latest.get());
        }
        return order.get() >= 0
                ? new Quiet()
                : fires(
                        item,
                        "The package " + PackageNames.of(item) + " is not the newest, which is " + latest.get(),
                        words.prefix() + "Package (" + item.name() + ") version (" + item.version()
                                + ") installed but is not the latest version (" + latest.get() + ")",
                        Remedy.of("Upgrade " + item.name() + " to " + latest.get()));
    }

    private Finding unknown(ImagePackage item, Optional<PackageIndex.Entry> entry) {
        return entry.isPresent()
                ? new Quiet()
                : fires(
                        item,
                        "The package " + PackageNames.of(item) + " is not one that the registry has",
                        words.registry() + "NOTOFFICIAL Package (" + item.name() + ") in container but not in official "
                                + words.registry() + " feed.",
                        new Remedy("Remove", item.name(), "packages that the registry does not have", ""));
    }

    private Finding badVersion(ImagePackage item, Optional<PackageIndex.Entry> entry) {
        if (entry.isEmpty() || entry.get().versions().contains(item.version())) {
            return new Quiet();
        }
        var versions = entry.get().versions();
        if (versions.isEmpty()) {
            return new CannotTell("the versions of " + item.name());
        }
        return fires(
                item,
                "The registry has no version " + item.version() + " of the package " + item.name(),
                words.registry() + "BADVERSION Package (" + item.name() + ") version (" + item.version()
                        + ") installed but version is not in the official feed for this package ("
                        + PythonText.list(versions) + ")",
                Remedy.of("Take a version of " + item.name() + " that the registry has"));
    }

    private static Finding fires(ImagePackage item, String message, String frozen, Remedy remedy) {
        return new Fires(Firing.of(item.name() + "@" + item.version(), message, frozen, remedy));
    }

    private Outcome judgeDenied(Arguments arguments, Subject subject) {
        var name = arguments.get(NAME);
        var version = arguments.find(VERSION).filter(text -> !text.isEmpty());
        var frozen = words.deniedPrefix() + " is blacklisted: " + name
                + version.map(text -> "-" + text).orElse("");
        var firings = new ArrayList<Firing>();
        for (var item : packages(subject)) {
            if (item.name().equals(name) && version.map(item.version()::equals).orElse(true)) {
                firings.add(Firing.of(
                                name + version.map(text -> "@" + text).orElse(""),
                                "The package " + PackageNames.of(item) + " is denied",
                                frozen,
                                Remedy.of("Remove " + name
                                        + version.map(text -> " " + text + ", or take another version")
                                                .orElse("")))
                        .about(item));
            }
        }
        return Outcome.of(firings, unread(subject));
    }

    private Outcome judgeUnavailable(Subject subject) {
        boolean isThere = subject.background()
                .packageIndex()
                .filter(index -> index.covers(words.type()))
                .isPresent();
        if (isThere || packages(subject).isEmpty()) {
            return Outcome.quiet();
        }
        return Outcome.of(List.of(Firing.of(
                words.type().purlType(),
                words.plural() + " are there, and no package index tells what their registry holds",
                words.plural() + " are present but the anchore " + words.type().purlType()
                        + " feed is not available - will be unable to perform checks that require feed data",
                Remedy.of("Give --package-index with packages of type "
                        + words.type().purlType()))));
    }

    /// One for each name and version, in that order.
    private Collection<ImagePackage> packages(Subject subject) {
        var packages = new TreeMap<String, ImagePackage>();
        for (var item : subject.inventory().packages()) {
            if (item.type() == words.type()) {
                packages.putIfAbsent(item.name() + " " + item.version(), item);
            }
        }
        return packages.values();
    }

    private List<Gap> unread(Subject subject) {
        return subject.gapsOfPackages(type -> type == words.type());
    }
}
