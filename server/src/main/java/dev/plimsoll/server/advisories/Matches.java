package dev.plimsoll.server.advisories;

import dev.plimsoll.matching.DistinctPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Makes the matches of packages that nobody had before, under the revision that is active.
public final class Matches {

    private final ActiveData data;

    public Matches(ActiveData data) {
        this.data = data;
    }

    /// Matches packages in the transaction that adds them. No revision is activated until it ends.
    ///
    /// @param fresh that have no matches yet, by id
    /// @throws UncheckedIOException where the data cannot be read
    public void ensure(Handle handle, Map<Integer, DistinctPackage> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        Revisions.lockShared(handle);
        var active = Revisions.active(handle);
        if (active.isEmpty()) {
            // the first revision matches everything
            return;
        }
        var rows = new ArrayList<MatchRow>();
        try (var lease = data.of(handle, active.get())) {
            fresh.forEach(
                    (id, item) -> rows.addAll(MatchRow.of(id, lease.memory().of(item))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new MatchRows(rows)
                .bind(handle.createUpdate("""
                        insert into match (package_id, vulnerability, ids, severity, fix_state, fixed_in, suppressed,
                            fingerprint, revision_from, from_at, valid_from)
                        select package_id, vulnerability, string_to_array(ids, E'\\n'), severity, fix_state,
                            string_to_array(fixed_in, E'\\n'), nullif(suppressed, ''), decode(fingerprint, 'hex'),
                            :revision, :from, :from
                        from unnest(:packages, :vulnerabilities, :ids, :severities, :fix_states, :fixed_in, :suppressed,
                                :fingerprints)
                            as item (package_id, vulnerability, ids, severity, fix_state, fixed_in, suppressed,
                                fingerprint)"""))
                .bind("revision", active.get().id())
                .bind("from", active.get().activeFrom().orElseThrow())
                .execute();
    }
}
