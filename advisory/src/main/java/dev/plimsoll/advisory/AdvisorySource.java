package dev.plimsoll.advisory;

import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where advisories are looked up: the database file, a folder of records, or several of them as one. Safe for several
/// threads.
///
/// Every method throws {@link AdvisoryException} when the data cannot be read.
public interface AdvisorySource extends AutoCloseable {

    /// All that is said of a package in an ecosystem, whether or not a version is affected; withdrawn records are left
    /// out.
    /// Sorted by advisory id.
    List<PackageAdvisory> find(Ecosystem ecosystem, String name);

    /// The advisories that have this id, or list it among their aliases. Sorted by id.
    List<Advisory> named(String id);

    /// Every package, of every ecosystem, that the advisories with this id or alias are about; withdrawn ones
    /// included. Sorted by advisory id,
    /// ecosystem and name.
    List<PackageAdvisory> packagesOf(String id);

    /// What is known of a CVE's exploitation, {@link Exploitation#NONE} where nothing is.
    Exploitation exploitation(String cve);

    /// Which data on exploitation there is.
    ExploitationCoverage exploitationCoverage();

    /// When the release gets no more fixes, empty where it is not known.
    Optional<Lifecycle> lifecycle(DistributionRelease release);

    /// When the release of a product that has this version gets no more fixes, empty where it is not known. The release
    /// is the longest one that the version begins with: `3.11` for `3.11.4`.
    ///
    /// @param product as endoflife.date names it, `python`
    /// @param version numbers with points between them
    Optional<Lifecycle> lifecycle(String product, String version);

    /// What is covered, sorted by ecosystem; only ecosystems with records.
    List<Coverage> coverage();

    /// When the data was put together; empty for a folder of records.
    Optional<Instant> builtAt();

    /// Digests of all that it consists of, `sha256:…`, so that a verdict can name its inputs. Sorted.
    List<String> digests();

    @Override
    void close() throws IOException;
}
