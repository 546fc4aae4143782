package dev.plimsoll.advisory.feed;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps what a feed says, in its order.
public final class RecordingSink implements FeedSink {

    public final List<Advisory> advisories = new ArrayList<>();
    public final List<AffectedPackage> packages = new ArrayList<>();
    public final Map<String, Exploitation.Known> known = new TreeMap<>();
    public final Map<String, Exploitation.Probability> probabilities = new TreeMap<>();
    public final List<Lifecycle> lifecycles = new ArrayList<>();
    public final Map<String, String> configurations = new TreeMap<>();
    public final List<String> problems = new ArrayList<>();

    /// What a feed says of files given as path, text, path, text, …
    public static RecordingSink read(Feed feed, String... pathsAndTexts) {
        return read(feed, MemoryFiles.of(pathsAndTexts));
    }

    public static RecordingSink read(Feed feed, FeedFiles files) {
        var sink = new RecordingSink();
        try {
            feed.read(files, sink);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return sink;
    }

    /// `ecosystem name intervals state fixed status` of each package, one line each.
    public List<String> lines() {
        return packages.stream().map(RecordingSink::line).toList();
    }

    public static String line(AffectedPackage item) {
        return String.join(
                        " ",
                        item.ecosystem().toString(),
                        item.name(),
                        item.affected().toString(),
                        item.fixState().word(),
                        item.fixedIn().toString(),
                        item.status())
                .strip();
    }

    /// `id [aliases]` of each advisory.
    public List<String> ids() {
        return advisories.stream().map(item -> item.id() + " " + item.aliases()).toList();
    }

    @Override
    public void advisory(Advisory advisory, List<AffectedPackage> affected) {
        advisories.add(advisory);
        packages.addAll(affected);
    }

    @Override
    public void known(String cve, Exploitation.Known entry) {
        known.put(cve, entry);
    }

    @Override
    public void probability(String cve, Exploitation.Probability probability) {
        probabilities.put(cve, probability);
    }

    @Override
    public void lifecycle(Lifecycle lifecycle) {
        lifecycles.add(lifecycle);
    }

    @Override
    public void configurations(String cve, String json) {
        configurations.put(cve, json);
    }

    @Override
    public void problem(String path, String place, String reason) {
        problems.add(path + (place.isEmpty() ? "" : ", " + place) + ": " + reason);
    }
}
