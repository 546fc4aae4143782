package dev.plimsoll.policy.license;

import dev.plimsoll.policy.rule.Word;
import java.util.Locale;

/// What a licence asks of those who pass the software on. The table `license-categories.txt` says what each is.
public enum LicenseCategory implements Word {
    PUBLIC_DOMAIN,
    PERMISSIVE,
    WEAK_COPYLEFT,
    STRONG_COPYLEFT,
    NETWORK_COPYLEFT,
    SOURCE_AVAILABLE,
    NON_COMMERCIAL,
    PROPRIETARY;

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
