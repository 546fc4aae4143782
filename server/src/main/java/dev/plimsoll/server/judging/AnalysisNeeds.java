package dev.plimsoll.server.judging;

import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.server.store.Database;

/// What the rules that judge an account now need an analysis to collect.
public final class AnalysisNeeds {

    private final Database database;
    private final Judge judge;

    public AnalysisNeeds(Database database, Judge judge) {
        this.database = database;
        this.judge = judge;
    }

    public AnalysisRequest of(long accountId) {
        return database.jdbi()
                .withHandle(handle -> judge.policies().current(handle, accountId))
                .bundle()
                .needs();
    }
}
