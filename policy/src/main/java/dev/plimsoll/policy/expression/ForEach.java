package dev.plimsoll.policy.expression;

import dev.plimsoll.policy.rule.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a condition is asked for each of.
public enum ForEach implements Word {
    IMAGE,
    PACKAGE,
    FINDING,
    SECRET;

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The facts that conditions can ask, in the order of the reference.
    public List<Fact> facts() {
        var facts = new ArrayList<>(Facts.OF_IMAGES);
        switch (this) {
            case IMAGE -> {}
            case PACKAGE -> facts.addAll(Facts.OF_PACKAGES);
            case FINDING -> {
                facts.addAll(Facts.OF_PACKAGES);
                facts.addAll(Facts.OF_FINDINGS);
            }
            case SECRET -> facts.addAll(Facts.OF_SECRETS);
        }
        return facts;
    }

    /// The fact of that name.
    public Optional<Fact> fact(String name) {
        return facts().stream().filter(fact -> fact.name().equals(name)).findFirst();
    }
}
