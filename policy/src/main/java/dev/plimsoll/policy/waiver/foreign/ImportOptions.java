package dev.plimsoll.policy.waiver.foreign;

import java.util.List;
import java.util.Optional;

/// What a foreign list does not say, and its user does.
///
/// @param owner of the waivers, may be empty
/// @param until a day or a time, for entries without an end
/// @param images that the waivers are for, in place of what the list says of images; empty where the list counts
public record ImportOptions(String owner, Optional<String> until, List<String> images) {

    public static final ImportOptions NONE = new ImportOptions("", Optional.empty(), List.of());

    public ImportOptions {
        images = List.copyOf(images);
    }
}
