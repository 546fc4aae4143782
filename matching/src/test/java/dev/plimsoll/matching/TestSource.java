package dev.plimsoll.matching;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Records in memory.
final class TestSource implements AdvisorySource {

    private final List<TestRecord> records;
    private final Map<String, Exploitation> exploitation = new HashMap<>();

    private TestSource(List<TestRecord> records) {
        this.records = records;
    }

    static TestSource of(TestRecord... records) {
        return new TestSource(List.of(records));
    }

    TestSource exploited(String cve, Exploitation known) {
        exploitation.put(cve, known);
        return this;
    }

    @Override
    public List<PackageAdvisory> find(Ecosystem ecosystem, String name) {
        return records.stream()
                .flatMap(record -> record.packages().stream())
                .filter(each -> each.advisory().withdrawn().isEmpty()
                        && each.affected().ecosystem().equals(ecosystem)
                        && each.affected().name().equals(name))
                .sorted(Comparator.comparing(each -> each.advisory().id()))
                .toList();
    }

    @Override
    public List<Advisory> named(String id) {
        return records.stream()
                .map(TestRecord::advisory)
                .filter(advisory -> isNamed(advisory, id))
                .sorted(Comparator.comparing(Advisory::id))
                .toList();
    }

    @Override
    public List<PackageAdvisory> packagesOf(String id) {
        return records.stream()
                .flatMap(record -> record.packages().stream())
                .filter(each -> isNamed(each.advisory(), id))
                .sorted(Comparator.comparing(each -> each.advisory().id()))
                .toList();
    }

    @Override
    public Exploitation exploitation(String cve) {
        return exploitation.getOrDefault(cve, Exploitation.NONE);
    }

    @Override
    public ExploitationCoverage exploitationCoverage() {
        return ExploitationCoverage.ALL;
    }

    @Override
    public Optional<Lifecycle> lifecycle(DistributionRelease release) {
        return release.toString().equals("debian:11")
                ? Optional.of(new Lifecycle("debian", "11", Optional.of(LocalDate.of(2024, 8, 14)), true))
                : Optional.empty();
    }

    @Override
    public Optional<Lifecycle> lifecycle(String product, String version) {
        return product.equals("python") && version.startsWith("3.8.")
                ? Optional.of(new Lifecycle("python", "3.8", Optional.of(LocalDate.of(2024, 10, 7)), false))
                : Optional.empty();
    }

    @Override
    public List<Coverage> coverage() {
        var counts = new TreeMap<Ecosystem, Long>();
        records.forEach(record ->
                record.packages().forEach(each -> counts.merge(each.affected().ecosystem(), 1L, Long::sum)));
        return counts.entrySet().stream()
                .map(entry -> new Coverage(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Optional<Instant> builtAt() {
        return Optional.of(Instant.EPOCH);
    }

    @Override
    public List<String> digests() {
        return List.of("sha256:" + "1".repeat(64));
    }

    @Override
    public void close() {}

    private static boolean isNamed(Advisory advisory, String id) {
        return advisory.id().equals(id) || advisory.aliases().contains(id);
    }
}
