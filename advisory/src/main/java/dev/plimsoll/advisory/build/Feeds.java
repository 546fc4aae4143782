package dev.plimsoll.advisory.build;

import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.osv.OsvFeed;
import java.util.List;

/// The list of feeds; adding one is a class, its test and a line here.
public final class Feeds {

    private Feeds() {}

    public static List<Feed> all() {
        return List.of(
                new OsvFeed("almalinux-osv"),
                new OsvFeed("go-osv"),
                new OsvFeed("pypa-osv"),
                new OsvFeed("slice-ghsa"),
                new OsvFeed("slice-usn"));
    }
}
