package dev.plimsoll.policy.testing;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.Platform;
import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.purl.Distribution;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Reads small facts (docs/policy-testing.md). Strict: a member that has no meaning is an error, because a test would
/// else pass for want of what it speaks of.
final class SmallFactsReader {

    static final Set<String> IMAGE_MEMBERS = Set.of(
            "id",
            "digest",
            "transport",
            "tls",
            "platform",
            "architecture",
            "user",
            "ports",
            "env",
            "entrypoint",
            "command",
            "working_directory",
            "volumes",
            "labels",
            "healthcheck",
            "created",
            "history",
            "layers",
            "base",
            "distribution",
            "end_of_life",
            "extended_support",
            "dockerfile");
    static final Set<String> OTHER_MEMBERS = Set.of("packages", "findings", "data_built_at", "unknown");
    static final Set<String> BASE_MEMBERS = Set.of("name", "digest", "layers");

    private SmallFactsReader() {}

    static Set<String> members() {
        var names = new TreeSet<>(IMAGE_MEMBERS);
        names.addAll(OTHER_MEMBERS);
        names.addAll(ContentsReader.MEMBERS);
        return names;
    }

    /// @param at the instant of the test
    static SmallFacts read(Place place, Instant at) {
        place.knowsOnly(members());
        var unknown = EnumSet.noneOf(KnownFact.class);
        for (var word : place.texts("unknown")) {
            KnownFact.of(word)
                    .ifPresentOrElse(
                            unknown::add,
                            () -> place.error(
                                    "unknown",
                                    "'" + word + "' is no fact that can be unknown; these can: "
                                            + String.join(", ", KnownFact.words())));
        }
        var given = new ArrayList<ImagePackage>();
        place.objects("packages").forEach(item -> PackageFacts.read(item).ifPresent(given::add));
        var findings = new ArrayList<FindingFacts>();
        place.objects("findings")
                .forEach(item -> FindingFacts.read(item, given, at).ifPresent(findings::add));
        var distribution = distribution(place);
        if (distribution.isEmpty() && (place.has("end_of_life") || place.has("extended_support"))) {
            place.error("'end_of_life' and 'extended_support' are of a 'distribution', and none is given");
        }
        return new SmallFacts(
                image(place, at, distribution),
                SmallFacts.all(given, findings),
                findings,
                ContentsReader.read(place),
                instant(place, "data_built_at"),
                distribution.map(found -> lifecycle(place, found)),
                unknown);
    }

    private static ImageFactsPart image(Place place, Instant at, Optional<Distribution> distribution) {
        return new ImageFactsPart(
                Optional.of(digest(place, "id").orElse(Digest.sha256("1".repeat(64)))),
                Optional.of(digest(place, "digest").orElse(Digest.sha256("2".repeat(64)))),
                place.optional("transport").orElse("oci-layout"),
                place.optional("tls").flatMap(word -> connection(place, word)),
                platform(place),
                place.textOrNumber("user").orElse(""),
                place.texts("ports"),
                environment(place),
                place.texts("entrypoint"),
                place.texts("command"),
                place.optional("working_directory").orElse(""),
                place.texts("volumes"),
                place.textsByName("labels"),
                place.has("healthcheck") ? Optional.of(healthcheck(place)) : Optional.empty(),
                (place.has("created") ? instant(place, "created") : Optional.of(at))
                        .map(Instant::toString)
                        .orElse(""),
                place.texts("history"),
                sizes(place),
                base(place),
                distribution,
                place.optional("dockerfile"));
    }

    private static List<String> environment(Place place) {
        return place.isObject("env")
                ? place.textsByName("env").entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .toList()
                : place.texts("env");
    }

    /// One text is a shell's command.
    private static List<String> healthcheck(Place place) {
        var test = place.texts("healthcheck");
        return place.isArray("healthcheck") ? test : List.of("CMD-SHELL", String.join(" ", test));
    }

    private static Optional<Connection> connection(Place place, String word) {
        var found = Arrays.stream(Connection.values())
                .filter(connection -> connection.word().equalsIgnoreCase(word))
                .findFirst();
        if (found.isEmpty()) {
            place.error(
                    "tls",
                    "unknown word; allowed are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Connection.values())
                                            .map(Connection::word)
                                            .toList()));
        }
        return found;
    }

    private static Platform platform(Place place) {
        var architecture = place.optional("architecture").orElse("amd64");
        return place.optional("platform").flatMap(Platform::parse).orElse(new Platform("linux", architecture, ""));
    }

    private static Optional<Distribution> distribution(Place place) {
        var text = place.optional("distribution");
        var found = text.flatMap(Distribution::parse);
        if (text.isPresent() && found.isEmpty()) {
            place.error("distribution", "no distribution; one looks like debian:12");
        }
        return found;
    }

    /// A release whose end is not given has none.
    private static Lifecycle lifecycle(Place place, Distribution distribution) {
        return new Lifecycle(
                distribution.id(),
                distribution.release().release(),
                day(place, "end_of_life"),
                false,
                day(place, "extended_support").map(end -> new Lifecycle.Extension(Optional.of(end), false)));
    }

    private static Optional<LocalDate> day(Place place, String member) {
        return instant(place, member).map(end -> LocalDate.ofInstant(end, ZoneOffset.UTC));
    }

    private static List<Long> sizes(Place place) {
        var sizes = new ArrayList<Long>();
        for (var text : place.texts("layers")) {
            ValueTypes.size(text)
                    .ifPresentOrElse(
                            sizes::add, () -> place.error("layers", "'" + text + "' is no size; one looks like 200mb"));
        }
        return sizes;
    }

    private static Optional<BaseImage> base(Place place) {
        if (!place.has("base")) {
            return Optional.empty();
        }
        if (!place.isObject("base")) {
            return place.optional("base")
                    .map(name -> new BaseImage(name, Optional.empty(), OptionalInt.of(1), BaseImage.How.ANCESTORS));
        }
        return place.object("base").map(base -> {
            base.knowsOnly(BASE_MEMBERS);
            var layers = base.wholeNumber("layers");
            return new BaseImage(
                    base.optional("name").orElse(""),
                    digest(base, "digest"),
                    OptionalInt.of(layers.orElse(1)),
                    BaseImage.How.ANCESTORS);
        });
    }

    private static Optional<Digest> digest(Place place, String member) {
        var text = place.optional(member);
        var digest = text.flatMap(Digest::parse);
        if (text.isPresent() && digest.isEmpty()) {
            place.error(member, "no digest; one looks like sha256: and 64 hexadecimal digits");
        }
        return digest;
    }

    /// The index of a layer; in texts they count from 1, as in messages.
    static int layer(Place place) {
        var number = place.wholeNumber("layer");
        if (number.isPresent() && (number.get() < 1 || number.get() > ContentsReader.MAX_LAYERS)) {
            place.error("layer", "must be a number from 1, the lowest layer, to " + ContentsReader.MAX_LAYERS);
            return 0;
        }
        return number.orElse(1) - 1;
    }

    static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    static Optional<BigDecimal> decimal(Place place, String member) {
        var text = place.textOrNumber(member);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            place.error(member, "must be a number such as 7.5");
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text.get()));
    }

    /// `2026-06-01T00:00:00Z`, or the beginning of a day.
    static Optional<Instant> instant(Place place, String member) {
        var text = place.optional(member);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.get().indexOf('T') >= 0
                            ? Instant.parse(text.get())
                            : LocalDate.parse(text.get())
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        } catch (DateTimeException _) {
            place.error(member, "no instant; one looks like 2026-06-01T00:00:00Z or 2026-06-01");
            return Optional.empty();
        }
    }
}
