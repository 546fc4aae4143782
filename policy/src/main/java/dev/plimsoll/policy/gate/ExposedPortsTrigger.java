package dev.plimsoll.policy.gate;

import dev.plimsoll.image.ImageConfiguration;
import dev.plimsoll.inventory.build.Dockerfile;
import dev.plimsoll.policy.ImageChange.ClosePort;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.ListMode;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Trigger `exposed_ports` of the gate `dockerfile`.
final class ExposedPortsTrigger {

    private static final Parameter<List<Integer>> PORTS = Parameter.of("ports", ValueTypes.NUMBERS)
            .describedAs("Port numbers, of whatever protocol. `0` means any port: with `denylist` all are denied, with"
                    + " `allowlist` none is allowed.")
            .like("22,23")
            .mustBeGiven();
    private static final Parameter<ListMode> TYPE = Parameter.of("type", ValueTypes.oneOf(ListMode.class))
            .describedAs("Whether only these ports are allowed, or these are denied.")
            .like("denylist")
            .mustBeGiven();

    private static final Pattern PORTS_OF_TOKEN = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(/[a-zA-Z]+)?");

    private ExposedPortsTrigger() {}

    static Trigger declaration() {
        return Trigger.named("exposed_ports")
                .describedAs("Fires for each exposed port that is denied, or is not among those allowed.")
                .with(PORTS, TYPE, DockerfileGate.ACTUAL_ONLY)
                .differingIn(
                        "Ranges (`8000-8010`) and every protocol count; Anchore denies only the bare number, tcp and udp.",
                        "`0` means any port, as Anchore's documentation of old says and its code does not do.",
                        "Ports of the image's configuration count too, those of the base image among them; a variable in EXPOSE"
                                + " is judged by what the configuration made of it.",
                        "A port fires once, however often it is exposed.")
                .judgedBy((arguments, subject) -> DockerfileGate.passesOver(arguments, subject)
                        ? Outcome.quiet()
                        : DockerfileGate.withDockerfile(subject, dockerfile -> judge(arguments, subject, dockerfile)));
    }

    private static Outcome judge(Arguments arguments, Subject subject, Dockerfile dockerfile) {
        var tokens = tokens(subject, dockerfile);
        var ports = new TreeSet<>(arguments.get(PORTS));
        var mode = arguments.get(TYPE);
        Map<String, Firing> firings = new LinkedHashMap<>();
        if (ports.contains(0)) {
            if (!tokens.isEmpty()) {
                var frozen = "Dockerfile exposes network ports but policy sets "
                        + (mode == ListMode.DENYLIST ? "DENIEDPORTS" : "ALLOWEDPORTS") + "=0: "
                        + PythonText.list(tokens);
                var message = "The image exposes " + String.join(", ", tokens) + ", and the rule allows no port";
                firings.put(
                        "0",
                        Firing.of(
                                "0",
                                message,
                                frozen,
                                Remedy.of("Take every port out of EXPOSE")
                                        .by(tokens.stream().map(ClosePort::new).toArray(ClosePort[]::new))));
            }
            return Outcome.of(List.copyOf(firings.values()), gaps(subject));
        }
        var ordered = tokens.stream()
                .sorted(Comparator.comparingInt(ExposedPortsTrigger::preference))
                .toList();
        for (var token : ordered) {
            switch (mode) {
                case DENYLIST -> deny(token, ports, firings);
                case ALLOWLIST -> {
                    if (!isAllowed(token, ports)) {
                        firings.putIfAbsent(
                                token,
                                Firing.of(
                                        token,
                                        "The port " + token + " is exposed and not among those allowed",
                                        "Dockerfile exposes port (" + token
                                                + ") which is not in policy file ALLOWEDPORTS list",
                                        remedy(token)));
                    }
                }
            }
        }
        return Outcome.of(List.copyOf(firings.values()), gaps(subject));
    }

    /// Ports of the base image stand only in the configuration.
    private static List<Gap> gaps(Subject subject) {
        return subject.inventory().image().configuration().isPresent()
                ? List.of()
                : List.of(new Gap(UnknownFacts.ofConfiguration(subject.inventory()), Cause.FACT_UNKNOWN));
    }

    /// Of several spellings of a port, Anchore's message names the bare number before tcp's and tcp's before udp's.
    private static int preference(String token) {
        if (token.indexOf('/') < 0) {
            return 0;
        }
        return token.endsWith("/tcp") ? 1 : token.endsWith("/udp") ? 2 : 3;
    }

    private static void deny(String token, Set<Integer> ports, Map<String, Firing> firings) {
        var matcher = PORTS_OF_TOKEN.matcher(token);
        if (!matcher.matches()) {
            return;
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        var protocol = matcher.group(3) == null ? "" : matcher.group(3);
        for (int port : ports) {
            if (port >= first && port <= last) {
                var shown = port + protocol;
                firings.putIfAbsent(
                        Integer.toString(port),
                        Firing.of(
                                Integer.toString(port),
                                "The port " + shown + " is exposed and denied"
                                        + (first == last ? "" : " (it lies in " + token + ")"),
                                "Dockerfile exposes port (" + shown + ") which is in policy file DENIEDPORTS list",
                                remedy(first == last ? shown : token)));
            }
        }
    }

    private static Remedy remedy(String token) {
        return new Remedy("Take", "port " + token, "ports", " out of EXPOSE").by(new ClosePort(token));
    }

    private static boolean isAllowed(String token, Set<Integer> ports) {
        var matcher = PORTS_OF_TOKEN.matcher(token);
        if (!matcher.matches()) {
            return false;
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        for (int port = first; port <= last; port++) {
            if (!ports.contains(port)) {
                return false;
            }
        }
        return first <= last;
    }

    /// Ports as EXPOSE writes them; then those that only the configuration names.
    private static Set<String> tokens(Subject subject, Dockerfile dockerfile) {
        Set<String> tokens = new LinkedHashSet<>();
        for (var line : dockerfile.effective("EXPOSE")) {
            for (var token : line.arguments().strip().split("\\s+", -1)) {
                if (!token.isEmpty() && token.indexOf('$') < 0) {
                    tokens.add(token);
                }
            }
        }
        var written = Set.copyOf(tokens);
        for (var token : subject.inventory()
                .image()
                .configuration()
                .map(ImageConfiguration::exposedPorts)
                .orElse(List.of())) {
            if (written.stream().noneMatch(other -> covers(other, token))) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    /// Whether EXPOSE's token says what the configuration says with another: `8000-8010` and `8005/tcp`.
    private static boolean covers(String written, String configured) {
        var range = PORTS_OF_TOKEN.matcher(written);
        var single = PORTS_OF_TOKEN.matcher(configured);
        if (!range.matches() || !single.matches() || single.group(2) != null) {
            return written.equals(configured);
        }
        int port = Integer.parseInt(single.group(1));
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        return port >= first && port <= last && protocol(range.group(3)).equals(protocol(single.group(3)));
    }

    private static String protocol(@Nullable String suffix) {
        return suffix == null ? "/tcp" : suffix.toLowerCase(Locale.ROOT);
    }
}
