package dev.plimsoll.server.jobs;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/// Does what a test says.
final class FakeHandler implements JobHandler {

    private final String kind;
    private final Work work;
    final List<Ended> ended = new CopyOnWriteArrayList<>();

    FakeHandler(String kind, Work work) {
        this.kind = kind;
        this.work = work;
    }

    /// What it does.
    @FunctionalInterface
    interface Work {
        void run(Running job) throws IOException;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public void run(Running job) throws IOException {
        work.run(job);
    }

    @Override
    public void ended(Handle handle, Ended job) {
        ended.add(job);
    }
}
