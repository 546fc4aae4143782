package dev.plimsoll.server.judging;

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
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Records that were put together at an instant.
///
/// @param exploited CVEs that are known to be; empty where nothing is known of that
record Dated(AdvisorySource records, Instant at, Optional<Set<String>> exploited) implements AdvisorySource {

    Dated(AdvisorySource records, Instant at) {
        this(records, at, Optional.empty());
    }

    @Override
    public List<PackageAdvisory> find(Ecosystem ecosystem, String name) {
        return records.find(ecosystem, name);
    }

    @Override
    public List<Advisory> named(String id) {
        return records.named(id);
    }

    @Override
    public List<PackageAdvisory> packagesOf(String id) {
        return records.packagesOf(id);
    }

    @Override
    public Exploitation exploitation(String cve) {
        return exploited.isEmpty()
                ? records.exploitation(cve)
                : new Exploitation(
                        exploited
                                .filter(all -> all.contains(cve))
                                .map(_ -> new Exploitation.Known(LocalDate.EPOCH, Optional.empty(), false)),
                        Optional.empty());
    }

    @Override
    public ExploitationCoverage exploitationCoverage() {
        return exploited.isEmpty() ? records.exploitationCoverage() : ExploitationCoverage.ALL;
    }

    @Override
    public Optional<Lifecycle> lifecycle(DistributionRelease release) {
        return records.lifecycle(release);
    }

    @Override
    public Optional<Lifecycle> lifecycle(String product, String version) {
        return records.lifecycle(product, version);
    }

    @Override
    public List<Coverage> coverage() {
        return records.coverage();
    }

    @Override
    public Optional<Instant> builtAt() {
        return Optional.of(at);
    }

    @Override
    public List<String> digests() {
        return records.digests();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
