package dev.plimsoll.server.advisories;

import dev.plimsoll.matching.MatchMemory;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.packages.PackageDictionary;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Handle;

/// Matches packages under a revision that is not active yet, and writes down what would change. Nobody reads that but
/// the activation.
final class EffectStage {

    /// In packages, of one transaction.
    private static final int CHUNK = 500;

    private final Database database;
    private final long revision;
    private final MatchMemory memory;

    /// @param memory of the revision's data
    EffectStage(Database database, long revision, MatchMemory memory) {
        this.database = database;
        this.revision = revision;
        this.memory = memory;
    }

    /// Forgets what an attempt before wrote down.
    void clear() {
        database.jdbi()
                .useTransaction(handle -> handle.createUpdate(
                                "delete from revision_effect where revision_id = :id and not held")
                        .bind("id", revision)
                        .execute());
    }

    /// Matches all of them on several threads.
    ///
    /// @param done told how many are done, by whichever thread
    void stage(Collection<Integer> packages, int threads, IntConsumer done) throws IOException {
        var list = List.copyOf(packages);
        try (var pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("matching-", 0).factory())) {
            var parts = new ArrayList<Future<?>>();
            for (int from = 0; from < list.size(); from += CHUNK) {
                var chunk = list.subList(from, Math.min(list.size(), from + CHUNK));
                parts.add(pool.submit(() -> database.jdbi().useTransaction(handle -> stage(handle, chunk))));
            }
            int count = 0;
            try {
                for (var part : parts) {
                    part.get();
                    count = Math.min(list.size(), count + CHUNK);
                    done.accept(count);
                }
            } catch (ExecutionException e) {
                throw new IOException("packages cannot be matched: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("matching was interrupted", e);
            } finally {
                // what runs comes to its end: a thread is not interrupted while it writes to the database
                parts.forEach(part -> part.cancel(false));
            }
        }
    }

    /// The same in a transaction of the caller.
    void stage(Handle handle, Collection<Integer> packages) {
        var items = PackageDictionary.load(handle, packages);
        var before = MatchRows.now(handle, packages);
        var effects = new ArrayList<Effect>();
        items.forEach((id, item) ->
                effects.addAll(Effect.of(before.getOrDefault(id, Map.of()), MatchRow.of(id, memory.of(item)))));
        if (!effects.isEmpty()) {
            insert(handle, effects);
        }
    }

    private void insert(Handle handle, List<Effect> effects) {
        new MatchRows(effects.stream().map(Effect::row).toList())
                .bind(handle.createUpdate("""
                        insert into revision_effect (revision_id, held, package_id, vulnerability, change, causes, ids, severity,
                            fix_state, fixed_in, suppressed, fingerprint)
                        select :revision, false, package_id, vulnerability, change, string_to_array(causes, ' '),
                            string_to_array(ids, E'\\n'), severity, fix_state, string_to_array(fixed_in, E'\\n'),
                            nullif(suppressed, ''), decode(fingerprint, 'hex')
                        from unnest(:packages, :vulnerabilities, :changes, :causes, :ids, :severities, :fix_states,
                                :fixed_in, :suppressed, :fingerprints)
                            as item (package_id, vulnerability, change, causes, ids, severity, fix_state, fixed_in,
                                suppressed, fingerprint)"""))
                .bind("revision", revision)
                .bindArray(
                        "changes",
                        String.class,
                        effects.stream().map(effect -> effect.change().word()).toList())
                .bindArray(
                        "causes",
                        String.class,
                        effects.stream().map(effect -> words(effect.causes())).toList())
                .execute();
    }

    private static String words(Collection<Cause> causes) {
        return String.join(" ", causes.stream().map(Enum::name).sorted().toList());
    }
}
