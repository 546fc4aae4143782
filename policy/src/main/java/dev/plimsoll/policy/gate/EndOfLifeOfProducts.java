package dev.plimsoll.policy.gate;

import dev.plimsoll.matching.ProductLifecycle;
import dev.plimsoll.matching.ProductLifecycle.Kind;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Triggers `runtime` and `framework` of the gate `eol`.
final class EndOfLifeOfProducts {

    private static final Parameter<List<String>> PRODUCTS = Parameter.of("products", ValueTypes.LIST)
            .describedAs("Only these, as endoflife.date names them.")
            .like("python,nodejs,eclipse-temurin");
    private static final Parameter<Boolean> OF_DISTRIBUTION = Parameter.of("distribution_packages", ValueTypes.BOOLEAN)
            .describedAs(
                    "Whether what the distribution itself ships is judged by its maker's life cycle too. The distribution mends"
                            + " it as long as it lives itself; `distribution` judges that.")
            .like("true")
            .orElse(false);

    private EndOfLifeOfProducts() {}

    static Trigger runtimes() {
        return Trigger.named("runtime")
                .describedAs(
                        "Fires for each release of a language's runtime or a server, such as Python, Node.js, Temurin, Go in"
                                + " binaries, nginx or PostgreSQL, that gets no more fixes.")
                .with(EndOfLifeGate.WITHIN, EndOfLifeGate.EXTENDED, PRODUCTS, OF_DISTRIBUTION)
                .judgedBy((arguments, subject) -> judge(arguments, subject, Kind.RUNTIME));
    }

    static Trigger frameworks() {
        return Trigger.named("framework")
                .describedAs(
                        "Fires for each release of a framework, such as Spring Boot, Django, Rails or Angular, that gets no more"
                                + " fixes.")
                .with(EndOfLifeGate.WITHIN, EndOfLifeGate.EXTENDED, PRODUCTS, OF_DISTRIBUTION)
                .judgedBy((arguments, subject) -> judge(arguments, subject, Kind.FRAMEWORK));
    }

    private static Outcome judge(Arguments arguments, Subject subject, Kind kind) {
        var unknown = new TreeSet<String>();
        var releases = new TreeMap<String, List<ProductLifecycle>>();
        var there = new HashSet<PackageUrl>();
        subject.inventory().packages().forEach(item -> there.add(item.purl()));
        for (var found : subject.matches().products()) {
            // the image may be one from which a package was taken away, to see what that would change
            if (isAsked(arguments, found, kind) && there.contains(found.item().purl())) {
                found.lifecycle()
                        .ifPresentOrElse(
                                cycle -> releases.computeIfAbsent(
                                                cycle.product() + ":" + cycle.cycle(), _ -> new ArrayList<>())
                                        .add(found),
                                () -> unknown.add(found.product() + " "
                                        + (found.release().isEmpty()
                                                ? found.item().version()
                                                : found.release())));
            }
        }
        var firings = new ArrayList<Firing>();
        Optional<NextChange> change = Optional.empty();
        for (var entry : releases.entrySet()) {
            var name = entry.getKey();
            var end = EndOfLife.of(
                    entry.getValue().getFirst().lifecycle().orElseThrow(), arguments.get(EndOfLifeGate.EXTENDED));
            int within = arguments.get(EndOfLifeGate.WITHIN);
            if (end.isNear(subject.at(), within)) {
                firings.add(firing(name, entry.getValue(), end, subject));
            }
            change = NextChange.first(change, end.change(name, subject.at(), within));
        }
        var gaps = new ArrayList<Gap>(subject.gapsOfPackages(_ -> true));
        EndOfLifeGate.unknown(List.copyOf(unknown)).ifPresent(gaps::add);
        return Outcome.of(firings, gaps).until(change);
    }

    private static boolean isAsked(Arguments arguments, ProductLifecycle found, Kind kind) {
        return found.kind() == kind
                && (!found.byDistribution() || arguments.get(OF_DISTRIBUTION))
                && arguments
                        .find(PRODUCTS)
                        .map(products -> products.stream().anyMatch(found.product()::equalsIgnoreCase))
                        .orElse(true);
    }

    private static Firing firing(String name, List<ProductLifecycle> found, EndOfLife end, Subject subject) {
        var cycle = found.getFirst().lifecycle().orElseThrow();
        var release = cycle.product() + " " + cycle.cycle();
        var where = new TreeSet<String>();
        for (var one : found) {
            var item = one.item();
            where.add(PackageNames.of(item)
                    + (item.locations().isEmpty() || item.type().ofDistribution()
                            ? ""
                            : " at /" + item.locations().getFirst().path()));
        }
        return Firing.of(
                        name,
                        release + " " + end.words(subject.at()) + ": " + PackageNames.some(where),
                        release + " has its end of life at " + end.place(),
                        new Remedy("Upgrade", release, "products", " to a release that still gets fixes"))
                .about(found.getFirst().item());
    }
}
