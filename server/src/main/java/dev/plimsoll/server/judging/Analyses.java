package dev.plimsoll.server.judging;

import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.images.ImageRow;
import org.jdbi.v3.core.Handle;

/// What is told of images that are not analysed yet.
final class Analyses {

    private Analyses() {}

    /// Names the job that analyses the image, where one does.
    static ProblemException notYet(Handle handle, ImageRow image) {
        if (image.state().equals("failed")) {
            return ProblemException.conflict("the image " + image.digest() + " could not be analysed: "
                    + image.reason().orElse("nobody knows why") + "; submit it again with \"force\": true");
        }
        var job = handle.createQuery("""
                        select id from job where account_id = :account and state in ('queued', 'running')
                            and (key = :image or key like '%' || :digest || '%')
                        order by id desc limit 1""")
                .bind("account", image.accountId())
                .bind("image", Long.toString(image.id()))
                .bind("digest", image.digest())
                .mapTo(Long.class)
                .findOne();
        return ProblemException.conflict("the image " + image.digest() + " is not analysed yet"
                + job.map(id -> ": the job " + id + " does that, see GET /api/v1/jobs/" + id)
                        .orElse("; ask again in a moment"));
    }
}
