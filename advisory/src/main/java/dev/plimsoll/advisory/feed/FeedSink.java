package dev.plimsoll.advisory.feed;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.Lifecycle;
import java.util.List;

/// Takes what a feed says. Not safe for several threads.
public interface FeedSink {

    /// An advisory with all packages that it is about; the same id may come more than once within a feed, with other
    /// packages.
    void advisory(Advisory advisory, List<AffectedPackage> affected);

    void known(String cve, Exploitation.Known known);

    void probability(String cve, Exploitation.Probability probability);

    void lifecycle(Lifecycle lifecycle);

    /// CPE ranges of a CVE, kept as the JSON text that the source gives, for matching by CPE.
    void configurations(String cve, String json);

    /// A file or record that could not be read.
    ///
    /// @param place line, record id or member within the file, may be empty
    /// @param reason one sentence without a final stop
    void problem(String path, String place, String reason);
}
