package dev.plimsoll.policy.rule;

/// How a rule compares a value of the image with its own.
public enum Comparison implements Word {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    GREATER(">"),
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String word;

    Comparison(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /// Whether it holds.
    ///
    /// @param order negative, zero or positive, as the image's value is less, equal or greater
    public boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
            case AT_MOST -> order <= 0;
            case AT_LEAST -> order >= 0;
        };
    }
}
