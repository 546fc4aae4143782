package dev.plimsoll.server.notify.sending;

/// A channel cannot work with what it was given.
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    /// @param setting its name, empty where it is about several
    /// @param message names the remedy; never a secret
    public SettingException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    public String setting() {
        return setting;
    }
}
