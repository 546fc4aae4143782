package dev.plimsoll.server.configuration;

import java.util.Locale;

/// A setting of the service. Its flag, its variable, its key in the file and its line of the documentation come from
/// here.
///
/// @param name `data-folder`: the flag `--data-folder`, the variable `PLIMSOLL_SERVER_DATA_FOLDER`, the key
/// `data-folder`
/// @param label what stands for the value in help: `FOLDER`
/// @param standard its text where nobody sets it; empty for none
/// @param secret whether nobody may see the value: no flag, only variable and file
/// @param description one or two sentences
public record Setting(String name, String label, String standard, boolean secret, String description) {

    static Setting of(String name, String label, String standard, String description) {
        return new Setting(name, label, standard, false, description);
    }

    static Setting secret(String name, String description) {
        return new Setting(name, "SECRET", "", true, description);
    }

    public String flag() {
        return "--" + name;
    }

    public String variable() {
        return "PLIMSOLL_SERVER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
