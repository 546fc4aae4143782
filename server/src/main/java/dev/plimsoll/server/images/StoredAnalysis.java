package dev.plimsoll.server.images;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.server.events.Event;
import dev.plimsoll.server.events.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The one way by which what is known of an image gets into the store, whoever found it out. All of it is part of the
/// caller's transaction.
final class StoredAnalysis {

    private final AnalyzedImages analyzedImages;

    StoredAnalysis(AnalyzedImages analyzedImages) {
        this.analyzedImages = analyzedImages;
    }

    /// What can be done before the transaction that stores it.
    void prepare(Inventory inventory) {
        analyzedImages.prepare(inventory);
    }

    /// What was found out.
    ///
    /// @param object digest of the inventory's object, which is there already
    /// @param analysis digest of the settings that said what to collect
    /// @param read whether the service read the image itself, instead of being told what is in it
    record Found(ImageIdentity identity, Inventory inventory, String object, Optional<String> analysis, boolean read) {}

    /// What was written.
    ///
    /// @param touched ids of the images that must be judged: the image, and the one that lost its name to it
    record Written(ImageRow image, Set<Long> touched) {
        Written {
            touched = Set.copyOf(touched);
        }
    }

    /// A name, and when it was seen to stand for the image.
    ///
    /// @param tag empty where nothing but digests names it
    record Named(Optional<ImageTag> tag, Instant seen) {

        String text() {
            return tag.map(ImageTag::toString).orElse("");
        }
    }

    /// @param named what points to the image from now on
    /// @param source what made it happen, the same at every attempt
    Written store(Handle handle, long accountId, Found found, Named named, String source, Instant now) {
        var image = ImageWriter.analyzed(
                handle,
                accountId,
                found.identity(),
                found.inventory(),
                found.object(),
                found.analysis(),
                found.read(),
                now);
        var written = name(handle, accountId, image, found.identity(), named, source, now);
        analyzedImages.stored(handle, image, found.inventory());
        EventLog.add(handle, List.of(ImageEvents.analyzed(accountId, source, image, named.text(), now)));
        return written;
    }

    /// Has a tag point to an image that is known.
    Written name(
            Handle handle,
            long accountId,
            ImageRow image,
            ImageIdentity identity,
            Named named,
            String source,
            Instant now) {
        Set<Long> touched = new TreeSet<>(Set.of(image.id()));
        List<Event> events = new ArrayList<>();
        if (named.tag().isPresent()) {
            var tag = named.tag().get();
            switch (Tags.point(handle, accountId, tag, image.id(), identity, named.seen())) {
                case Tags.Pointed.Already() -> {}
                case Tags.Pointed.Stale() -> {}
                case Tags.Pointed.First() -> {}
                case Tags.Pointed.Moved(var previousId, var previousDigest, var sameRoot) -> {
                    touched.add(previousId);
                    if (!sameRoot) {
                        events.add(ImageEvents.moved(accountId, source, tag, previousDigest, image, now));
                    }
                }
            }
        }
        EventLog.add(handle, events);
        return new Written(image, touched);
    }
}
