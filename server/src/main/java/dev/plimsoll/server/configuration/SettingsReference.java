package dev.plimsoll.server.configuration;

/// The page `docs/server-settings.md`, written from the declarations.
final class SettingsReference {

    private SettingsReference() {}

    static String markdown() {
        var page = new StringBuilder("""
                # Settings of the service

                Written from the declarations; `plimsoll server config show` tells each value and where it comes from.
                A flag goes before a variable, a variable before the file (`--config FILE` or `PLIMSOLL_SERVER_CONFIG`, YAML, one
                setting a line: `port: 8228`), the file before the default. Secrets have no flag; they stand in a variable, or in a file
                of their own that the variable or key with `_FILE` or `-file` behind its name names.

                | flag | variable | default | meaning |
                |---|---|---|---|
                """);
        for (var setting : Settings.ALL) {
            page.append("| ")
                    .append(setting.secret() ? "" : "`" + setting.flag() + " " + setting.label() + "`")
                    .append(" | `")
                    .append(setting.variable())
                    .append("` | ")
                    .append(setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`")
                    .append(" | ")
                    .append(setting.description().replace("|", "\\|"))
                    .append(" |\n");
        }
        return page.toString();
    }
}
