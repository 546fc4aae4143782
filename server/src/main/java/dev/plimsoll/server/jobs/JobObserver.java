package dev.plimsoll.server.jobs;

/// Hears of what becomes of jobs, for metrics. Called by workers' threads; must neither block nor throw.
public interface JobObserver {

    /// Hears nothing.
    JobObserver NONE = new JobObserver() {
        @Override
        public void attempted(String kind, String outcome, long nanoseconds) {}

        @Override
        public void expired(String kind) {}
    };

    /// An attempt ended.
    ///
    /// @param outcome `done`, `retry`, `postponed`, `poison`, `cancelled`, `lost`, `released`
    void attempted(String kind, String outcome, long nanoseconds);

    /// A worker was lost with a job of that kind.
    void expired(String kind);
}
