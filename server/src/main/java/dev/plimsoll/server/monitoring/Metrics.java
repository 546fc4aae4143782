package dev.plimsoll.server.monitoring;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.http.Dispatcher;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.jobs.JobObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;

/// What the service counts, for Prometheus. Safe for several threads.
///
/// Source: Prometheus documentation, "Exposition formats" and "Metric and label naming".
public final class Metrics implements Dispatcher.Observer {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("plimsoll_http_requests_total")
            .help("Requests that were answered, by route and status.")
            .labelNames("route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("plimsoll_http_request_seconds")
            .help("How long answers took, by route.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .register(registry);

    private final Counter attempts = Counter.builder()
            .name("plimsoll_job_attempts_total")
            .help("Attempts to do a job, by kind and outcome.")
            .labelNames("kind", "outcome")
            .register(registry);
    private final Histogram jobSeconds = Histogram.builder()
            .name("plimsoll_job_seconds")
            .help("How long attempts took, by kind.")
            .labelNames("kind")
            .classicOnly()
            .classicUpperBounds(0.1, 0.5, 1, 5, 15, 60, 300, 1800)
            .register(registry);

    public Metrics() {
        GaugeWithCallback.builder()
                .name("plimsoll_heap_used_bytes")
                .help("Memory that objects of the service take.")
                .callback(callback -> callback.call((double)
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("plimsoll_uptime_seconds")
                .help("Since when the service runs.")
                .callback(callback ->
                        callback.call(ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0))
                .register(registry);
    }

    /// Hears of jobs.
    public JobObserver jobs() {
        return new JobObserver() {
            @Override
            public void attempted(String kind, String outcome, long nanoseconds) {
                attempts.labelValues(kind, outcome).inc();
                jobSeconds.labelValues(kind).observe(nanoseconds / 1e9);
            }

            @Override
            public void expired(String kind) {
                attempts.labelValues(kind, "expired").inc();
            }
        };
    }

    /// A number with a label that is asked for whenever somebody looks.
    public record Sample(String label, double value) {}

    /// Adds a number that is looked up when somebody asks, such as how many jobs wait.
    ///
    /// @param name without the `plimsoll_` before it
    /// @param label name of the label
    public void gauge(String name, String help, String label, Supplier<List<Sample>> samples) {
        GaugeWithCallback.builder()
                .name("plimsoll_" + name)
                .help(help)
                .labelNames(label)
                .callback(callback -> samples.get().forEach(sample -> callback.call(sample.value(), sample.label())))
                .register(registry);
    }

    @Override
    public void answered(String route, int status, long nanoseconds, Principal principal, String remote) {
        requests.labelValues(route, Integer.toString(status)).inc();
        seconds.labelValues(route).observe(nanoseconds / 1e9);
    }

    public Route route() {
        return new Route(Method.GET, "/metrics", Permission.NONE, this::write);
    }

    private Reply write(Request request) throws IOException {
        var out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
        return Reply.document("text/plain; version=0.0.4; charset=utf-8", out.toByteArray());
    }
}
