package dev.plimsoll.server.judging;

import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.store.Database;
import java.util.List;

/// What judging does in the background.
public final class JudgingJobs {

    private JudgingJobs() {}

    public static List<JobHandler> of(Database database, Judge judge, Sweep sweep) {
        return List.of(new AccountSweep(database, sweep), new WhatIfs(database, judge, sweep));
    }
}
