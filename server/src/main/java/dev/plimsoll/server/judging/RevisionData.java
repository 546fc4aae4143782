package dev.plimsoll.server.judging;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.server.advisories.ActiveData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/// The advisory data of revisions as it is kept. A file is open while something is matched, and a while longer: nobody
/// has to give it back.
public final class RevisionData implements AdvisoryData {

    private final ActiveData data;

    public RevisionData(ActiveData data) {
        this.data = data;
    }

    @Override
    public Revision of(long revisionId, Optional<Instant> at) throws IOException {
        // whether it can be opened is said here, where somebody listens
        data.of(revisionId, at).ifPresent(ActiveData.Lease::close);
        return inventory -> match(revisionId, at, inventory);
    }

    private MatchResult match(long revisionId, Optional<Instant> at, Inventory inventory) {
        try (var lease = data.of(revisionId, at)
                .orElseThrow(() -> new IOException("there is no revision " + revisionId + " of the advisory data"))) {
            return lease.memory().match(inventory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
