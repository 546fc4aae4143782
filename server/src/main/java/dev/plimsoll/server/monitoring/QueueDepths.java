package dev.plimsoll.server.monitoring;

import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.monitoring.Metrics.Sample;
import dev.plimsoll.server.store.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How much waits in the queues, for metrics. Counted now and then, not when somebody asks: whoever looks at the
/// metrics
/// costs the database nothing, and gets the others of them where it does not answer. Safe for several threads.
public final class QueueDepths {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final List<String> JOBS = List.of("queued", "running", "poison");
    private static final List<String> DELIVERIES = List.of("gathering", "queued", "sending", "dead");

    private final Database database;
    private volatile List<Sample> jobs = List.of();
    private volatile List<Sample> deliveries = List.of();

    public QueueDepths(Database database) {
        this.database = database;
    }

    public Periodic periodic() {
        return new Periodic("queue depths", PAUSE, this::turn);
    }

    /// By state; none where they could not be counted last time.
    public List<Sample> jobs() {
        return jobs;
    }

    /// By state; none where they could not be counted last time.
    public List<Sample> deliveries() {
        return deliveries;
    }

    boolean turn() {
        try {
            jobs = count("job", JOBS);
            deliveries = count("delivery", DELIVERIES);
        } catch (RuntimeException e) {
            jobs = List.of();
            deliveries = List.of();
            throw e;
        }
        return false;
    }

    /// A state that nothing is in counts too: a line that ends looks like one that nobody measures.
    private List<Sample> count(String table, List<String> states) {
        Map<String, Long> found = new HashMap<>();
        database.jdbi()
                .withHandle(handle -> handle.createQuery("select state, count(*) as count from " + table
                                + " where state = any(:states) group by state")
                        .bindArray("states", String.class, states)
                        .map((row, _) -> Map.entry(row.getString("state"), row.getLong("count")))
                        .list())
                .forEach(each -> found.put(each.getKey(), each.getValue()));
        return states.stream()
                .map(state -> new Sample(state, found.getOrDefault(state, 0L)))
                .toList();
    }
}
