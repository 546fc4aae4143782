package dev.plimsoll.inventory;

/// What evidence may say of a package besides what every package has. The words are those of the serial form.
public enum PackageProperty {
    /// Who made or packed it.
    VENDOR("vendor"),
    /// Who looks after it.
    MAINTAINER("maintainer"),
    /// Where the distribution says it comes from: `Debian`, a repository.
    ORIGIN("origin"),
    /// Why it is installed: `explicit` or `dependency`.
    INSTALL_REASON("install-reason"),
    /// Further names that it answers to, separated by spaces.
    PROVIDES("provides"),
    /// SHA-1, SHA-256 or SHA-512 of what was installed, as `algorithm:hexadecimal`.
    DIGEST("digest"),
    /// Where it can be fetched.
    DOWNLOAD("download"),
    /// Where its source was taken from, as SPDX writes it: `git+https://example.org/x.git@COMMIT`.
    VCS("vcs"),
    /// The folder whose source runs, for what is installed to be edited there.
    EDITABLE_FROM("editable-from"),
    /// What it was built by, for Nix: the path of a derivation.
    DERIVER("deriver"),
    /// Which of the versions that may stand beside each other it is, for Gentoo: `0/3`.
    SLOT("slot"),
    /// For whom a lock file lists it: `development`, `optional`.
    SCOPE("scope"),
    /// Which functions of it the programs of the image hold, as {@link dev.plimsoll.inventory.golang.GoSymbols}
    /// writes them. It is there only where that is known of all places where the package was found.
    SYMBOLS("symbols"),
    /// How sure the identification is: `low` where only bytes of a program told it.
    CONFIDENCE("confidence"),
    /// One line for people.
    SUMMARY("summary"),
    /// Its page.
    HOMEPAGE("homepage");

    private final String word;

    PackageProperty(String word) {
        this.word = word;
    }

    /// The property of that word.
    public static java.util.Optional<PackageProperty> of(String word) {
        for (var property : values()) {
            if (property.word.equals(word)) {
                return java.util.Optional.of(property);
            }
        }
        return java.util.Optional.empty();
    }

    /// As the serial form writes it.
    public String word() {
        return word;
    }
}
