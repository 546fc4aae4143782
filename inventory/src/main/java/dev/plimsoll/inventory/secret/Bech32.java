package dev.plimsoll.inventory.secret;

import java.util.Locale;

/// The checksum of Bech32. Source: BIP 173, "Checksum".
final class Bech32 {

    static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private Bech32() {}

    static boolean holds(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var separator = lower.lastIndexOf('1');
        return separator > 0 && remainder(lower.substring(0, separator), lower.substring(separator + 1)) == 1;
    }

    /// 1 where the last 6 characters of the data are its checksum.
    static int remainder(String prefix, String data) {
        int sum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) >> 5);
        }
        sum = step(sum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) & 31);
        }
        for (int i = 0; i < data.length(); i++) {
            sum = step(sum, ALPHABET.indexOf(data.charAt(i)));
        }
        return sum;
    }

    private static int step(int sum, int value) {
        int top = sum >>> 25;
        int result = ((sum & 0x1ffffff) << 5) ^ value;
        for (int bit = 0; bit < GENERATOR.length; bit++) {
            if ((top >> bit & 1) != 0) {
                result ^= GENERATOR[bit];
            }
        }
        return result;
    }
}
