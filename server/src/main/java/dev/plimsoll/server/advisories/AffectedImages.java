package dev.plimsoll.server.advisories;

import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Which images what a revision changes matters to: by the sets that hold a package whose matches it changes.
final class AffectedImages {

    /// In packages: from here on reading all sets is cheaper than looking each package up.
    private static final int MANY = 2000;

    private static final String COUNTED =
            "revision_id = :revision and held = :held and change not in ('closed', 'silent')";

    private static final String BY_READING = "select s.id from package_set s where exists ("
            + "select from unnest(s.members) as member (id)"
            + " where member.id in (select package_id from revision_effect where " + COUNTED + "))";

    private static final String BY_INDEX = "select s.id from package_set s where s.members && ("
            + "select array_agg(distinct package_id) from revision_effect where " + COUNTED + ")";

    private AffectedImages() {}

    /// @param held whether what a held revision changes is meant
    /// @param releases images that are judged as one of them are affected whatever they hold
    /// @param all whether every analysed image is
    /// @return rows of images, sorted
    static List<Long> of(Handle handle, long revision, boolean held, List<String> releases, boolean all) {
        if (all) {
            return handle.createQuery("select id from image where state = 'analyzed' order by id")
                    .mapTo(Long.class)
                    .list();
        }
        int packages = handle.createQuery("select count(distinct package_id) from revision_effect where " + COUNTED)
                .bind("revision", revision)
                .bind("held", held)
                .mapTo(Integer.class)
                .one();
        var found = new TreeSet<Long>();
        if (packages > 0) {
            found.addAll(handle.createQuery("select distinct image_id from image_package_set where package_set_id in ("
                            + (packages > MANY ? BY_READING : BY_INDEX) + ")")
                    .bind("revision", revision)
                    .bind("held", held)
                    .mapTo(Long.class)
                    .list());
        }
        if (!releases.isEmpty()) {
            found.addAll(handle.createQuery("select id from image where distro = any(:releases) and state = 'analyzed'")
                    .bindArray("releases", String.class, releases)
                    .mapTo(Long.class)
                    .list());
        }
        return List.copyOf(found);
    }
}
