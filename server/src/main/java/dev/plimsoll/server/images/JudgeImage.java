package dev.plimsoll.server.images;

import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.jobs.JobFailure;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.jobs.NewJob;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/// The job `judge-image`: judges an image whose facts somebody brought.
public final class JudgeImage implements JobHandler {

    private static final String KIND = "judge-image";

    private final Judging judging;

    public JudgeImage(Judging judging) {
        this.judging = judging;
    }

    static NewJob job(long accountId, long imageId) {
        return new NewJob(
                Optional.of(accountId),
                NewJob.Lane.INTERACTIVE,
                KIND,
                Long.toString(imageId),
                new JsonObject(Map.of("image", new JsonNumber(BigDecimal.valueOf(imageId)))));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Running job) {
        var image = job.payload()
                .number("image")
                .orElseThrow(() -> new JobFailure("the job names no image"))
                .longValueExact();
        judging.judge(job.accountId().orElseThrow(), image, EnumSet.of(Cause.IMAGE_CHANGED));
    }
}
