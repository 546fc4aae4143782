package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.rule.Word;
import java.util.Locale;

/// What a software bill of materials should say.
///
/// Source: NTIA, "The Minimum Elements For a Software Bill of Materials", 12 July 2021, "Data Fields"; CISA, "2025
/// Minimum
/// Elements for a Software Bill of Materials", draft for comment of 22 August 2025, which adds the last four.
enum SbomElement implements Word {
    SUPPLIER(false, false),
    COMPONENT_NAME(false, false),
    VERSION(false, false),
    UNIQUE_IDENTIFIER(false, false),
    DEPENDENCY_RELATIONSHIP(false, false),
    AUTHOR(true, false),
    TIMESTAMP(true, false),
    COMPONENT_HASH(false, true),
    LICENSE(false, true),
    TOOL_NAME(true, true),
    GENERATION_CONTEXT(true, true);

    private final boolean ofDocument;
    private final boolean ofCisa;

    SbomElement(boolean ofDocument, boolean ofCisa) {
        this.ofDocument = ofDocument;
        this.ofCisa = ofCisa;
    }

    /// Whether it is said once, of the whole.
    boolean ofDocument() {
        return ofDocument;
    }

    /// Whether only CISA's draft asks for it.
    boolean ofCisa() {
        return ofCisa;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
