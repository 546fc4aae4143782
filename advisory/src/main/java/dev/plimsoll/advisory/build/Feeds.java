package dev.plimsoll.advisory.build;

import dev.plimsoll.advisory.alpine.SecdbFeed;
import dev.plimsoll.advisory.alpine.SecdbPackageFeed;
import dev.plimsoll.advisory.debian.DebianLists;
import dev.plimsoll.advisory.debian.DebianTracker;
import dev.plimsoll.advisory.exploitation.EpssFeed;
import dev.plimsoll.advisory.exploitation.KnownExploitedFeed;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.lifecycle.EndOfLifeFeed;
import dev.plimsoll.advisory.nvd.OverridesFeed;
import dev.plimsoll.advisory.osv.OsvFeed;
import dev.plimsoll.advisory.rubysec.RubysecFeed;
import dev.plimsoll.advisory.rustsec.RustsecFeed;
import java.util.List;

/// The list of feeds; adding one is a class, its test and a line here.
public final class Feeds {

    private Feeds() {}

    public static List<Feed> all() {
        return List.of(
                new SecdbFeed(),
                new SecdbPackageFeed(),
                new DebianLists(),
                new DebianTracker(),
                new EpssFeed(),
                new KnownExploitedFeed(),
                new EndOfLifeFeed(),
                new OverridesFeed(),
                new RubysecFeed(),
                new RustsecFeed(),
                new OsvFeed("almalinux-osv"),
                new OsvFeed("go-osv"),
                new OsvFeed("pypa-osv"),
                new OsvFeed("ghsa"),
                new OsvFeed("usn"));
    }
}
