package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.ContentObserver;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import java.util.ArrayList;
import java.util.List;

/// Who sees the contents of files, as the settings ask for it; adding one is a class, its test and a line here.
final class Observers {

    private Observers() {}

    static List<ContentObserver> of(AnalysisSettings settings) {
        var observers = new ArrayList<ContentObserver>();
        if (settings.verification()) {
            observers.add(new ContentDigesting());
        }
        return List.copyOf(observers);
    }
}
