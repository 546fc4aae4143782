package dev.plimsoll.server.notify.webhook;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Pace;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TicketStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Signed requests to an address of the user's.
///
/// Source: Standard Webhooks 1.0.0.
public final class WebhookKind implements ChannelKind {

    /// How many messages of a channel are under way at once unless the service is told otherwise.
    public static final int IN_FLIGHT = 4;

    /// How long requests carry a signature of the old secret too.
    static final Duration OVERLAP = Duration.ofHours(24);

    static final String URL = "url";
    static final String FORMAT = "format";
    static final String STANDARD = "standard";
    static final String ANCHORE = "anchore-v1";
    static final String SECRET = "signing_secret";
    static final String AUTHORIZATION = "authorization";
    private static final String PREVIOUS = "previous_signing_secret";
    private static final String PREVIOUS_UNTIL = "previous_until";

    private final Outbound outbound;
    private final int inFlight;

    /// @param inFlight how many messages of a channel may be under way at once
    public WebhookKind(Outbound outbound, int inFlight) {
        this.outbound = outbound;
        this.inFlight = inFlight;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.required(URL, Setting.Type.URL, "where messages are sent to"),
                Setting.choice(FORMAT, List.of(STANDARD, ANCHORE), "the form of the body; standard unless given"),
                Setting.secret(SECRET, false, "signs requests: whsec_ and a key in base64; made where it is left out"),
                Setting.secret(
                        AUTHORIZATION, false, "value of the header Authorization, where the receiver wants one"));
    }

    @Override
    public Pace pace() {
        return new Pace(inFlight, Duration.ZERO);
    }

    @Override
    public void check(Settings settings) {
        try {
            SigningSecret.of(settings.text(SECRET));
        } catch (IllegalArgumentException e) {
            throw new SettingException(SECRET, String.valueOf(e.getMessage()));
        }
        if (settings.optionalText(AUTHORIZATION)
                .filter(text -> !text.matches("[ -~]+"))
                .isPresent()) {
            throw new SettingException(AUTHORIZATION, "a header holds printable ASCII characters alone");
        }
    }

    /// Anchore's form knows one image and one event.
    @Override
    public Set<Grouping> groupings(Settings settings) {
        return isAnchore(settings) ? Set.of(Grouping.NONE) : EnumSet.allOf(Grouping.class);
    }

    @Override
    public JsonObject made(JsonObject given) {
        return given.get(SECRET).isPresent()
                ? JsonObject.EMPTY
                : new JsonObject(Map.of(SECRET, new JsonString(SigningSecret.make())));
    }

    @Override
    public Optional<JsonObject> rotated(JsonObject secrets, Instant now) {
        var members = new LinkedHashMap<>(secrets.members());
        secrets.string(SECRET).ifPresent(old -> {
            members.put(PREVIOUS, new JsonString(old));
            members.put(PREVIOUS_UNTIL, new JsonString(now.plus(OVERLAP).toString()));
        });
        members.put(SECRET, new JsonString(SigningSecret.make()));
        return Optional.of(new JsonObject(members));
    }

    @Override
    public Sender open(Settings settings, TicketStore tickets) {
        return new WebhookSender(outbound, settings);
    }

    static boolean isAnchore(Settings settings) {
        return settings.optionalText(FORMAT).orElse(STANDARD).equals(ANCHORE);
    }

    /// Those that sign now: the newest first.
    static List<SigningSecret> secrets(Settings settings, Instant now) {
        var secret = SigningSecret.of(settings.text(SECRET));
        var previous = settings.secrets().string(PREVIOUS);
        var until = settings.secrets()
                .string(PREVIOUS_UNTIL)
                .map(WebhookKind::instant)
                .orElse(Instant.MIN);
        return previous.isPresent() && now.isBefore(until)
                ? List.of(secret, SigningSecret.of(previous.get()))
                : List.of(secret);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return Instant.MIN;
        }
    }
}
