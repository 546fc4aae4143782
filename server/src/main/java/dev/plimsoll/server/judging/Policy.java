package dev.plimsoll.server.judging;

import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.waiver.Waivers;
import java.util.List;
import java.util.Optional;

/// What an account's images are judged by at one instant.
///
/// @param sources which rows it was read from
/// @param version of the bundle in the account; 0 for the default bundle
/// @param waiversDigest of all files together, empty where there is none
record Policy(Sources sources, int version, Bundle bundle, Waivers waivers, String waiversDigest) {

    /// The rows.
    ///
    /// @param bundle empty where the default bundle judges
    /// @param waivers of files of waivers, by name
    record Sources(Optional<Long> bundle, List<Long> waivers) {
        Sources {
            waivers = List.copyOf(waivers);
        }
    }
}
