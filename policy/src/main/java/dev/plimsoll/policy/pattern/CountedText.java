package dev.plimsoll.policy.pattern;

/// A text that breaks off a match which looks at its characters too often: the JDK's matcher backtracks, and has no
/// bound of
/// its own. For one match by one thread.
final class CountedText implements CharSequence {

    private final CharSequence text;
    private final int[] left;

    CountedText(CharSequence text, int steps) {
        this(text, new int[] {steps});
    }

    private CountedText(CharSequence text, int[] left) {
        this.text = text;
        this.left = left;
    }

    /// Steps that were not taken.
    int left() {
        return Math.max(0, left[0]);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new PatternBoundException("out of steps");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new CountedText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
