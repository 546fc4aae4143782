package dev.plimsoll.server.notify.jira;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.vendor.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a Jira channel was given.
///
/// @param base without a slash at its end
/// @param user empty: the token alone says who
/// @param issueType name or id
/// @param labels added to each ticket
/// @param fields added to each ticket, as Jira's interface writes them
/// @param transitions whether tickets are closed and opened again
record JiraSettings(
        Deployment deployment,
        String base,
        Optional<String> user,
        String token,
        String project,
        String issueType,
        List<String> labels,
        JsonObject fields,
        boolean transitions) {

    static final List<Setting> ALL = List.of(
            Setting.required(
                    "url",
                    Setting.Type.URL,
                    "Address of Jira: https://acme.atlassian.net, with its path if it has one"),
            Setting.choice(
                    "deployment",
                    List.of("cloud", "data_center"),
                    "Which Jira it is; by itself cloud beneath atlassian.net, else data_center"),
            Setting.optional(
                    "user",
                    Setting.Type.TEXT,
                    "E-mail address of the token's owner (cloud); left out for a personal access token"),
            Setting.secret("token", true, "API token (cloud), personal access token or password (data center)"),
            Setting.required("project", Setting.Type.TEXT, "Key of the project that tickets are made in: SEC"),
            Setting.optional("issue_type", Setting.Type.TEXT, "Name or id of the type of tickets; Task by itself"),
            Setting.optional("labels", Setting.Type.TEXTS, "Labels that tickets get as well"),
            Setting.optional(
                    "fields", Setting.Type.OBJECT, "Further fields of tickets, as Jira's interface writes them"),
            Setting.optional(
                    "transitions",
                    Setting.Type.BOOLEAN,
                    "Whether tickets are closed and opened again; true by itself"));

    JiraSettings {
        labels = List.copyOf(labels);
    }

    static JiraSettings of(Settings settings) {
        var url = settings.text("url");
        var base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new JiraSettings(
                Deployment.of(settings.optionalText("deployment"), base),
                base,
                settings.optionalText("user"),
                settings.text("token"),
                settings.text("project"),
                settings.optionalText("issue_type").orElse("Task"),
                settings.texts("labels"),
                settings.object("fields"),
                settings.flag("transitions", true));
    }

    /// @throws SettingException for the first thing that cannot work
    void check() {
        if (deployment == Deployment.CLOUD && user.isEmpty()) {
            throw new SettingException("user", "Jira Cloud wants the e-mail address of the token's owner in user");
        }
        if (user.filter(name -> name.contains(":")).isPresent()) {
            throw new SettingException("user", "a user's name has no colon");
        }
        if (!project.matches("[A-Z][A-Z0-9_]{0,254}")) {
            throw new SettingException("project", "a project's key has capital letters and digits only: SEC");
        }
        for (var label : labels) {
            if (label.isEmpty() || label.length() > 255 || label.matches(".*\\s.*")) {
                throw new SettingException("labels", "a label has no spaces and at most 255 characters");
            }
        }
        for (var own : List.of("project", "issuetype", "summary", "description", "labels")) {
            if (fields.members().containsKey(own)) {
                throw new SettingException("fields", "fields may not hold " + own + ", which is written anyway");
            }
        }
        if (JsonTree.text(fields).length() > 8000) {
            throw new SettingException("fields", "fields may have 8,000 characters at most");
        }
        if (user.isEmpty() && !token.matches("[!-~]+")) {
            throw new SettingException("token", "the token holds characters that no token has");
        }
    }

    String api() {
        return base + deployment.path();
    }

    /// Basic for a user with a token or password, Bearer for a personal access token.
    String authorization() {
        return user.map(name -> "Basic " + encoded(name)).orElse("Bearer " + token);
    }

    private String encoded(String name) {
        return Base64.getEncoder().encodeToString((name + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    /// What must not be shown.
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(token));
        user.ifPresent(name -> secrets.add(encoded(name)));
        return secrets;
    }

    /// Without the token.
    @Override
    public String toString() {
        return deployment + " " + base + " " + project;
    }
}
