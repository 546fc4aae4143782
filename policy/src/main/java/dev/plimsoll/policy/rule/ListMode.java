package dev.plimsoll.policy.rule;

import java.util.List;

/// Whether a list names what is allowed or what is denied.
public enum ListMode implements Word {
    ALLOWLIST("allowlist", "whitelist"),
    DENYLIST("denylist", "blacklist");

    private final String word;
    private final String olderWord;

    ListMode(String word, String olderWord) {
        this.word = word;
        this.olderWord = olderWord;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public List<String> olderWords() {
        return List.of(olderWord);
    }
}
