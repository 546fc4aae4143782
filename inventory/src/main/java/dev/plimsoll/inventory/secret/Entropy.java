package dev.plimsoll.inventory.secret;

/// Shannon's entropy of a text.
final class Entropy {

    private static final double LOG_2 = Math.log(2);

    private Entropy() {}

    /// In bits a character; of a text without characters 0.
    static double of(String text) {
        var counts = new int[256];
        for (int i = 0; i < text.length(); i++) {
            counts[text.charAt(i) & 0xff]++;
        }
        double sum = 0;
        for (var count : counts) {
            if (count > 0) {
                double share = (double) count / text.length();
                sum -= share * Math.log(share) / LOG_2;
            }
        }
        return sum;
    }
}
