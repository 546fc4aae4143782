package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.List;

/// What a foreign list became: nothing of it is dropped or widened without a word.
///
/// @param waivers in the form that {@link dev.plimsoll.policy.waiver.WaiverReader} reads
/// @param left what could not be said in waivers
/// @param notes where the waivers say something else than the list, one sentence each
public record WaiverImport(List<JsonObject> waivers, List<Left> left, List<String> notes) {

    public WaiverImport {
        waivers = List.copyOf(waivers);
        left = List.copyOf(left);
        notes = notes.stream().distinct().toList();
    }

    /// An entry that was not taken over.
    ///
    /// @param place a line, or a JSON pointer
    /// @param why one clause
    public record Left(String place, String why) {
        @Override
        public String toString() {
            return place + ": " + why;
        }
    }
}
