package dev.plimsoll.advisory.database;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Several sources as one. What only one can say is said by the first that knows.
public final class CompositeAdvisorySource implements AdvisorySource {

    private final List<AdvisorySource> sources;

    public CompositeAdvisorySource(List<AdvisorySource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public List<PackageAdvisory> find(Ecosystem ecosystem, String name) {
        return all(
                source -> source.find(ecosystem, name),
                Comparator.comparing(item -> item.advisory().id()));
    }

    @Override
    public List<Advisory> named(String id) {
        return all(source -> source.named(id), Comparator.comparing(Advisory::id));
    }

    @Override
    public List<PackageAdvisory> packagesOf(String id) {
        return all(
                source -> source.packagesOf(id),
                Comparator.<PackageAdvisory, String>comparing(
                                item -> item.advisory().id())
                        .thenComparing(item -> item.affected().ecosystem().toString())
                        .thenComparing(item -> item.affected().name()));
    }

    private <T> List<T> all(Function<AdvisorySource, List<T>> question, Comparator<T> order) {
        var answers = new ArrayList<T>();
        sources.forEach(source -> answers.addAll(question.apply(source)));
        answers.sort(order);
        return List.copyOf(answers);
    }

    @Override
    public Exploitation exploitation(String cve) {
        var known = sources.stream()
                .flatMap(source -> source.exploitation(cve).known().stream())
                .findFirst();
        var probability = sources.stream()
                .flatMap(source -> source.exploitation(cve).probability().stream())
                .findFirst();
        return new Exploitation(known, probability);
    }

    @Override
    public ExploitationCoverage exploitationCoverage() {
        return sources.stream()
                .map(AdvisorySource::exploitationCoverage)
                .reduce(ExploitationCoverage.NONE, ExploitationCoverage::or);
    }

    @Override
    public Optional<Lifecycle> lifecycle(DistributionRelease release) {
        return sources.stream()
                .flatMap(source -> source.lifecycle(release).stream())
                .findFirst();
    }

    @Override
    public Optional<Lifecycle> lifecycle(String product, String version) {
        return sources.stream()
                .flatMap(source -> source.lifecycle(product, version).stream())
                .findFirst();
    }

    @Override
    public List<Coverage> coverage() {
        var counts = new TreeMap<Ecosystem, Long>();
        sources.forEach(source -> source.coverage()
                .forEach(coverage -> counts.merge(coverage.ecosystem(), coverage.records(), Long::sum)));
        return counts.entrySet().stream()
                .map(entry -> new Coverage(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Optional<Instant> builtAt() {
        return sources.stream().flatMap(source -> source.builtAt().stream()).min(Comparator.naturalOrder());
    }

    @Override
    public List<String> digests() {
        return sources.stream()
                .flatMap(source -> source.digests().stream())
                .sorted()
                .distinct()
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (var source : sources) {
            source.close();
        }
    }
}
