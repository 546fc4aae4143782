package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.malware.MalwareObserver;
import dev.plimsoll.inventory.search.RetrievalObserver;
import dev.plimsoll.inventory.search.SearchObserver;
import dev.plimsoll.inventory.secret.SecretObserver;
import java.util.ArrayList;
import java.util.List;

/// Who sees the contents of files, as the settings ask for it; adding one is a class, its test and a line here.
final class Observers {

    private Observers() {}

    /// Made for one scan: what talks to a service begins to.
    static List<ContentObserver> of(AnalysisSettings settings) {
        var all = new ArrayList<ContentObserver>();
        if (settings.verification()) {
            all.add(new ContentDigesting());
        }
        settings.secrets().map(SecretObserver::new).ifPresent(all::add);
        if (!settings.searches().isEmpty()) {
            all.add(new SearchObserver(settings.searches()));
        }
        settings.retrieval().map(RetrievalObserver::new).ifPresent(all::add);
        settings.malware().map(MalwareObserver::new).ifPresent(all::add);
        return List.copyOf(all);
    }
}
