package dev.plimsoll.server.events;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Something that people may want to hear of. The payload's members are fixed by kind, see docs/events.md:
///
/// - `tag_update`: `repository`, `tag`, `previous_digest`, `digest`
/// - `analysis_update`: `digest`, `state` (`analyzed`, `failed`), `reason`, `packages`
/// - `vuln_update`: `digest`, `revision`, `added`, `changed`, `gone`: lists of {`id`, `severity`, `package`, `version`,
/// `purl`,
///   `fixed_in`, `known_exploited`, `first_seen`}
/// - `policy_eval`: `digest`, `bundle` ({`id`, `version`, `digest`}), `before` and `after` ({`decision`,
///   `final_action`, `stops`, `warns`}, words in lower case), `new_results`: a list of {`gate`, `trigger`,
///   `stable_id`, `action`, `message`}, `gone_results`: how many
///
/// @param id the same for ever: receivers know by it what they have seen
/// @param causes why, none where the kind has none
/// @param imageId row of the image, empty where it is about none
/// @param name registry/repository:tag, empty where the image has none
/// @param quiet whether nobody is to be told: it came with a first import
public record Event(
        UUID id,
        long accountId,
        EventKind kind,
        Set<Cause> causes,
        Instant at,
        Optional<Long> imageId,
        String name,
        JsonObject payload,
        boolean quiet) {

    public Event {
        causes = Set.copyOf(causes);
    }
}
