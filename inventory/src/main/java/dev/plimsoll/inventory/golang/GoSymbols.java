package dev.plimsoll.inventory.golang;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/// Which functions of a module programs hold, as one property of a package can carry it: a set of 24 bits of a hash of
/// each. What is not in the set is not in the programs; what is in it may be there by chance, once in
/// 16,777,216 divided by the number of functions.
///
/// The hash is the lower 24 bits of the CRC-32C (RFC 3720, appendix B.4) of the package's path within the module, a
/// stop, and the symbol as Go's vulnerability database writes it: `internal/wire.Decoder.Read`, `.Parse`,
/// `net/http.Client.Do`. A package of which any function is there has an entry without symbol besides: `net/http.`.
///
/// The text: `1`, the platforms (`linux/amd64,windows/amd64`, `-` where none is known), the number of hashes, and
/// their differences in Rice's code in Base64, with blanks between. Immutable.
public final class GoSymbols {

    private static final String FORM = "1";
    private static final String NO_PLATFORM = "-";
    private static final int BITS = 24;

    /// In characters.
    private static final int MAX_TEXT = 4 << 20;

    private final Set<String> platforms;

    /// In ascending order, each once.
    private final int[] hashes;

    private GoSymbols(Set<String> platforms, int[] hashes) {
        this.platforms = platforms;
        this.hashes = hashes;
    }

    /// @param hashes in any order
    static GoSymbols of(Set<String> platforms, int[] hashes) {
        return new GoSymbols(
                new TreeSet<>(platforms),
                Arrays.stream(hashes).sorted().distinct().toArray());
    }

    /// @param functions each a package's path within the module, a stop and a symbol: `internal/wire.Decoder.Read`
    public static GoSymbols of(Set<String> platforms, Collection<String> functions) {
        return of(
                platforms,
                functions.stream()
                        .mapToInt(function -> {
                            var text = function.getBytes(StandardCharsets.UTF_8);
                            return hash(text, text.length);
                        })
                        .toArray());
    }

    /// @param text `path.Symbol` in UTF-8
    static int hash(byte[] text, int length) {
        var sum = new CRC32C();
        sum.update(text, 0, length);
        return (int) sum.getValue() & ((1 << BITS) - 1);
    }

    /// Where the programs run: `linux/amd64`; none where it is not known of one of them.
    public Set<String> platforms() {
        return Set.copyOf(platforms);
    }

    /// How many functions, but for those that share a hash.
    public int size() {
        return hashes.length;
    }

    /// Whether one of the programs may hold the function.
    ///
    /// @param path of its package within the module, empty for the module's own; the whole path for the standard
    ///     library
    /// @param symbol `Parse`, `Decoder.Read`; empty for any function of the package
    public boolean mayHold(String path, String symbol) {
        var text = (path + "." + symbol).getBytes(StandardCharsets.UTF_8);
        return Arrays.binarySearch(hashes, hash(text, text.length)) >= 0;
    }

    /// What either holds.
    public GoSymbols with(GoSymbols other) {
        var both = Arrays.copyOf(hashes, hashes.length + other.hashes.length);
        System.arraycopy(other.hashes, 0, both, hashes.length, other.hashes.length);
        var everywhere = new TreeSet<String>();
        if (!platforms.isEmpty() && !other.platforms.isEmpty()) {
            everywhere.addAll(platforms);
            everywhere.addAll(other.platforms);
        }
        return of(everywhere, both);
    }

    /// As a property holds it.
    public String text() {
        var width = width(hashes.length);
        var bits = new Bits(new byte[hashes.length * 4 + 8]);
        var before = -1;
        for (var hash : hashes) {
            var step = hash - before - 1;
            before = hash;
            for (int i = step >>> width; i > 0; i--) {
                bits.add(1, 1);
            }
            bits.add(0, 1);
            bits.add(step & ((1 << width) - 1), width);
        }
        return FORM + " " + (platforms.isEmpty() ? NO_PLATFORM : String.join(",", platforms)) + " " + hashes.length
                + " " + Base64.getEncoder().withoutPadding().encodeToString(bits.whole());
    }

    /// What a property holds; empty where it is written otherwise.
    public static Optional<GoSymbols> parse(String text) {
        var fields = text.split(" ", 5);
        if (fields.length != 4 || !fields[0].equals(FORM) || text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            var count = Integer.parseInt(fields[2]);
            var bits = new Bits(Base64.getDecoder().decode(fields[3]));
            if (count < 0 || count > bits.bytes.length * 8) {
                return Optional.empty();
            }
            var hashes = new int[count];
            var width = width(count);
            var before = -1;
            for (int i = 0; i < count; i++) {
                var high = 0;
                while (bits.next(1) == 1) {
                    high++;
                }
                var hash = before + 1 + ((long) high << width) + bits.next(width);
                if (hash >= 1 << BITS) {
                    return Optional.empty();
                }
                hashes[i] = (int) hash;
                before = (int) hash;
            }
            var platforms = fields[1].equals(NO_PLATFORM)
                    ? Set.<String>of()
                    : new TreeSet<>(Arrays.asList(fields[1].split(",", -1)));
            return Optional.of(new GoSymbols(platforms, hashes));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /// The lower bits of a difference that are written as they are: as many as make the mean one shortest.
    private static int width(int count) {
        var mean = (1 << BITS) / Math.max(1, count);
        return Math.max(0, 31 - Integer.numberOfLeadingZeros(Math.max(1, mean * 7 / 10)));
    }

    /// Bits, the highest of a byte first.
    private static final class Bits {

        private byte[] bytes;
        private int at;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        void add(int value, int count) {
            if (at + count > bytes.length * 8) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            for (int bit = count - 1; bit >= 0; bit--) {
                bytes[at >>> 3] |= (byte) (((value >>> bit) & 1) << (7 - (at & 7)));
                at++;
            }
        }

        int next(int count) {
            var value = 0;
            for (int i = 0; i < count; i++) {
                value = (value << 1) | ((bytes[at >>> 3] >>> (7 - (at & 7))) & 1);
                at++;
            }
            return value;
        }

        byte[] whole() {
            return Arrays.copyOf(bytes, (at + 7) / 8);
        }
    }
}
