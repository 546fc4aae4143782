package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.policy.background.PackageKey;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Gate `tag_drift`: how the packages differ from those of the image that the tag named before.
///
/// Source: Anchore Enterprise 6, documentation of the gate; ids and messages are ours.
final class TagDriftGate implements Gate {

    private static final Parameter<PackageTypes> TYPE = Parameter.of("package_type", PackageTypes.TYPE)
            .describedAs("Packages of the distribution (`os`), of languages (`non-os`), of one type, or all.")
            .like("apk")
            .orElse(PackageTypes.ALL);

    @Override
    public String name() {
        return "tag_drift";
    }

    @Override
    public String description() {
        return "Differences from the image that the tag had before, as --previous tells of it.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                trigger(
                        "packages_added",
                        "Fires for each package that the image before had in no version.",
                        TagDriftGate::added),
                trigger(
                        "packages_removed",
                        "Fires for each package of the image before that this one has in no version.",
                        TagDriftGate::removed),
                trigger(
                        "packages_modified",
                        "Fires for each package that both have, in other versions.",
                        TagDriftGate::modified));
    }

    private static Trigger trigger(String name, String description, Comparing comparing) {
        return Trigger.named(name)
                .describedAs(description)
                .with(TYPE)
                .differingIn(
                        "Id and message are ours: the id is the package's type, `/` and its name.",
                        "Without `--previous`, or where it tells of another tag, it cannot be judged; Anchore's then does not"
                                + " fire.")
                .judgedBy((arguments, subject) -> judge(arguments, subject, comparing));
    }

    /// Versions of a package before and now; one of the two may be empty.
    private record Versions(SortedSet<String> before, SortedSet<String> now) {
        Versions() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    @FunctionalInterface
    private interface Comparing {
        Optional<Firing> compare(PackageKey key, Versions versions);
    }

    private static Outcome judge(Arguments arguments, Subject subject, Comparing comparing) {
        var previous = subject.background().previous();
        if (previous.isEmpty()) {
            return Outcome.cannotJudge(
                    "what the tag had before is not known: give the result of the run before with --previous");
        }
        var packages = previous.get().packages();
        if (packages.isEmpty()) {
            return Outcome.cannotJudge("the former result (--previous) is of form "
                    + previous.get().form() + ", which does not list the packages: write it anew");
        }
        var other = otherTag(subject.name(), previous.get());
        if (other.isPresent()) {
            return Outcome.cannotJudge(other.get());
        }
        var scope = arguments.get(TYPE);
        var firings = new ArrayList<Firing>();
        versions(subject, packages.get(), scope)
                .forEach((key, versions) -> comparing.compare(key, versions).ifPresent(firings::add));
        return Outcome.of(firings, subject.gapsOfPackages(type -> scope.holds(type.purlType())));
    }

    /// Why the former result is of no use for this tag.
    private static Optional<String> otherTag(ImageName name, FormerResult previous) {
        var before = previous.image().mappedName();
        if (name.equals(ImageName.ANY) || name.tag().isEmpty()) {
            return Optional.of("the image has no tag, so nobody can say what it had before: --as gives it one");
        }
        return before.equals(Optional.of(name))
                ? Optional.empty()
                : Optional.of("the former result (--previous) is of "
                        + before.map(ImageName::toString)
                                .orElse("an image without a name ("
                                        + previous.image().shownName() + ")")
                        + ", not of the tag " + name);
    }

    private static Map<PackageKey, Versions> versions(Subject subject, List<FormerPackage> former, PackageTypes scope) {
        var versions = new TreeMap<PackageKey, Versions>();
        for (var item : former) {
            if (scope.holds(item.type())) {
                versions.computeIfAbsent(item.key(), _ -> new Versions())
                        .before()
                        .add(item.version());
            }
        }
        for (var item : subject.inventory().packages()) {
            var key = PackageKey.of(item);
            if (scope.holds(key.type())) {
                versions.computeIfAbsent(key, _ -> new Versions()).now().add(item.version());
            }
        }
        return versions;
    }

    private static Optional<Firing> added(PackageKey key, Versions versions) {
        return versions.before().isEmpty()
                ? Optional.of(firing(
                        key,
                        key.name() + " " + joined(versions.now()) + " (" + key.type() + ") was not in the image before",
                        Remedy.of("Look into why " + key.name() + " was added, and allowlist what was meant")))
                : Optional.empty();
    }

    private static Optional<Firing> removed(PackageKey key, Versions versions) {
        return versions.now().isEmpty()
                ? Optional.of(firing(
                        key,
                        key.name() + " " + joined(versions.before()) + " (" + key.type()
                                + ") was in the image before and is gone",
                        Remedy.of("Look into why " + key.name() + " is gone, and allowlist what was meant")))
                : Optional.empty();
    }

    private static Optional<Firing> modified(PackageKey key, Versions versions) {
        return versions.before().isEmpty()
                        || versions.now().isEmpty()
                        || versions.before().equals(versions.now())
                ? Optional.empty()
                : Optional.of(firing(
                        key,
                        key.name() + " (" + key.type() + ") is " + joined(versions.now()) + " and was "
                                + joined(versions.before()),
                        Remedy.of("Look into why " + key.name() + " changed, and allowlist what was meant")));
    }

    private static Firing firing(PackageKey key, String message, Remedy remedy) {
        var id = key.type() + "/" + key.name();
        return Firing.of(id, message, message, remedy).withId(id, List.of());
    }

    private static String joined(SortedSet<String> versions) {
        return String.join(", ", versions);
    }
}
