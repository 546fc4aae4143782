package dev.plimsoll.server.judging;

import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Judges many images, as many at once as there are processors; no more inventories than that are in work. All sweeps
/// share the threads. What fails is told at the end, when all others are judged. Safe for several threads.
public final class Sweep implements AutoCloseable {

    /// In images: what is asked of the database at once, and failures that a message names.
    private static final int CHUNK = 1000;

    private static final int FAILURES_TOLD = 3;

    private final Database database;
    private final Judge judge;
    private final ExecutorService workers;

    /// @param threads how many images are judged at once
    public Sweep(Database database, Judge judge, int threads) {
        this.database = database;
        this.judge = judge;
        this.workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("judge-", 0).daemon().factory());
    }

    /// Judges images of any accounts.
    ///
    /// @param causesByImage why, by the images' rows; those that are not there any more are passed over
    /// @return how many verdicts were written
    /// @throws IOException where some could not be judged; all others are
    public int judge(Map<Long, Set<Cause>> causesByImage) throws IOException {
        return judge(causesByImage, false);
    }

    /// The same.
    ///
    /// @param quiet whether nobody is to be told
    /// @throws IOException where some could not be judged; all others are
    public int judge(Map<Long, Set<Cause>> causesByImage, boolean quiet) throws IOException {
        int written = 0;
        var failures = new ArrayList<IOException>();
        var images = List.copyOf(causesByImage.keySet());
        for (int i = 0; i < images.size(); i += CHUNK) {
            var chunk = images.subList(i, Math.min(images.size(), i + CHUNK));
            var accounts = accounts(chunk);
            var futures = new ArrayList<Future<Integer>>();
            accounts.forEach((image, account) -> futures.add(workers.submit(
                    () -> judge.judge(account, image, causesByImage.getOrDefault(image, Set.of()), quiet))));
            written += await(futures, failures);
        }
        tell(failures);
        return written;
    }

    /// Judges images of one account.
    int judge(long accountId, Map<Long, Set<Cause>> causesByImage) throws IOException {
        var failures = new ArrayList<IOException>();
        var futures = new ArrayList<Future<Integer>>();
        causesByImage.forEach(
                (image, causes) -> futures.add(workers.submit(() -> judge.judge(accountId, image, causes, false))));
        int written = await(futures, failures);
        tell(failures);
        return written;
    }

    private Map<Long, Long> accounts(List<Long> images) {
        var accounts = new HashMap<Long, Long>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery("select id, account_id from image where id = any(:images)")
                        .bindArray("images", Long.class, images)
                        .map((row, _) -> Map.entry(row.getLong("id"), row.getLong("account_id")))
                        .forEach(entry -> accounts.put(entry.getKey(), entry.getValue())));
        return accounts;
    }

    private static int await(List<Future<Integer>> futures, List<IOException> failures) throws IOException {
        int sum = 0;
        try {
            for (var future : futures) {
                try {
                    sum += future.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause() instanceof IOException told ? told : new IOException(e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            futures.forEach(future -> future.cancel(true));
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while images were judged", e);
        }
        return sum;
    }

    private static void tell(List<IOException> failures) throws IOException {
        if (!failures.isEmpty()) {
            var told = new IOException(failures.size() + " images could not be judged; the first: "
                    + String.join(
                            "; ",
                            failures.stream()
                                    .limit(FAILURES_TOLD)
                                    .map(failure -> String.valueOf(failure.getMessage()))
                                    .toList()));
            failures.stream().limit(FAILURES_TOLD).forEach(told::addSuppressed);
            throw told;
        }
    }

    /// The threads that judge, for others that evaluate much.
    ExecutorService workers() {
        return workers;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
