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

    private final Map<Words, Optional<Licensing>> remembered = new ConcurrentHashMap<>();

    private record Words(PackageType type, List<String> licenses) {}

    /// The texts that nobody understands: of no licence of the SPDX list, and of no reference that many packages have.
    public static List<String> notUnderstood(Licensing licensing) {
        return licensing.references().entrySet().stream()
                .filter(reference ->
                        LicenseTable.KNOWN.ofReference(reference.getKey()).isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }

    /// What the package's licences mean; empty where it says nothing.
    public Optional<Licensing> of(ImagePackage item) {
        if (item.licenses().isEmpty()) {
            return Optional.empty();
        }
        var words = new Words(item.type(), item.licenses());
        var known = remembered.get(words);
        if (known != null) {
            return known;
        }
        var read = Licensing.of(item.type(), item.licenses());
        if (item.licenses().stream().mapToInt(String::length).sum() <= MAX_LENGTH) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(words, read);
        }
        return read;
    }
}
