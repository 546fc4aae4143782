package dev.plimsoll.policy.license;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what packages say of their licences, the same words once: an image's packages share a few hundred texts, every
/// rule asks for all of them, and so does the next image. Only speed depends on what it remembers. Safe for several
/// threads.
public final class LicenseReadings {

    /// In texts; when it is full it begins anew.
    static final int MAX_REMEMBERED = 20_000;

    /// In characters; longer words are read each time.
    static final int MAX_LENGTH = 2_000;

    private final Map<Words, Reading> remembered = new ConcurrentHashMap<>();

    private record Words(PackageType type, List<String> licenses) {}

    /// What the words of a package mean.
    ///
    /// @param licensing empty where it says nothing
    /// @param notUnderstood texts of no licence of the SPDX list, and of no reference that many packages have
    public record Reading(Optional<Licensing> licensing, List<String> notUnderstood) {

        private static final Reading NOTHING = new Reading(Optional.empty(), List.of());

        public Reading {
            notUnderstood = List.copyOf(notUnderstood);
        }

        private static Reading of(Words words) {
            return Licensing.of(words.type(), words.licenses())
                    .map(found -> new Reading(
                            Optional.of(found),
                            found.references().entrySet().stream()
                                    .filter(reference -> LicenseTable.KNOWN
                                            .ofReference(reference.getKey())
                                            .isEmpty())
                                    .map(Map.Entry::getValue)
                                    .toList()))
                    .orElse(NOTHING);
        }
    }

    /// What the package's licences mean.
    public Reading of(ImagePackage item) {
        if (item.licenses().isEmpty()) {
            return Reading.NOTHING;
        }
        var words = new Words(item.type(), item.licenses());
        var known = remembered.get(words);
        if (known != null) {
            return known;
        }
        var read = Reading.of(words);
        if (item.licenses().stream().mapToInt(String::length).sum() <= MAX_LENGTH) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(words, read);
        }
        return read;
    }
}
