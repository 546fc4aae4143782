package dev.plimsoll.policy.difference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Images that differ in their configuration: users, ports, labels, environment, instructions, age, architecture.
final class ConfigurationProbes {

    private ConfigurationProbes() {}

    static List<Probe> of(Vocabulary words, Instant at) {
        var probes = new ArrayList<Probe>();
        for (var user : words.samplesAnd("root", "0", "root:root", "0:0", "app", "1000", "1000:1000")) {
            probes.add(new Probe("containers that run as " + user, Probe.object("user", user)));
        }
        var ports = new ArrayList<>(List.of(22, 80, 443, 1023, 1024, 8080));
        ports.addAll(words.wholeNumbers());
        for (var port : ports.stream().distinct().toList()) {
            if (port > 0 && port < 65_536) {
                probes.add(new Probe("the port " + port, Probe.object("ports", List.of(port + "/tcp"))));
                probes.add(new Probe("the port " + port + "/udp", Probe.object("ports", List.of(port + "/udp"))));
            }
        }
        for (var name : words.samplesAnd("maintainer")) {
            for (var value : words.samplesAnd("1")) {
                probes.add(new Probe(
                        "the label " + name + "=" + value, Probe.object("labels", Probe.object(name, value))));
            }
        }
        for (var entry : words.samplesAnd("PASSWORD", "AWS_SECRET_ACCESS_KEY")) {
            probes.add(new Probe(
                    "the variable " + entry + " in the environment",
                    Probe.object("env", Probe.object(entry, "AKIAIOSFODNN7EXAMPLE"))));
        }
        probes.add(new Probe("a health check", Probe.object("healthcheck", "curl -f http://localhost/")));
        for (var days : words.wholeNumbers()) {
            probes.add(new Probe(
                    "an image built " + days + " days ago",
                    Probe.object(
                            "created",
                            at.minus(Duration.ofDays(Math.min(days, 36_500))).toString())));
        }
        for (var architecture : words.samplesAnd("amd64", "arm64", "s390x")) {
            probes.add(new Probe("the architecture " + architecture, Probe.object("architecture", architecture)));
        }
        for (var instruction :
                List.of("RUN", "COPY", "ADD", "FROM", "ENV", "LABEL", "USER", "EXPOSE", "HEALTHCHECK", "CMD", "ARG")) {
            for (var argument : words.samplesAnd("debian:12", ". .", "apt-get update")) {
                if (argument.indexOf('\n') < 0 && !argument.equals(instruction)) {
                    var from = instruction.equals("FROM") ? "" : "FROM scratch\n";
                    probes.add(new Probe(
                            "the instruction " + instruction + " " + argument,
                            Probe.object("dockerfile", from + instruction + " " + argument + "\n")));
                }
            }
        }
        return probes;
    }
}
