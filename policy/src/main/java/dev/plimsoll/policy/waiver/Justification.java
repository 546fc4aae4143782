package dev.plimsoll.policy.waiver;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Why a product is not affected by a vulnerability.
///
/// Source: OpenVEX specification 0.2.0, section "Status Justifications"; the words are CISA's.
public enum Justification {
    COMPONENT_NOT_PRESENT,
    VULNERABLE_CODE_NOT_PRESENT,
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH,
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    INLINE_MITIGATIONS_ALREADY_EXIST;

    /// As OpenVEX writes it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Justification> of(String word) {
        return Arrays.stream(values())
                .filter(justification -> justification.word().equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Justification::word).toList();
    }
}
