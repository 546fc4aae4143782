package dev.plimsoll.inventory;

import java.util.concurrent.atomic.AtomicLong;

/// How much the archives of one image (jars) may unpack to together beyond what their size justifies. Each archive has
/// limits of its own, but a layer of a megabyte may hold thousands that stay just below them. Safe for threads; whether
/// it is exceeded in the end does not depend on the order of the archives.
public final class UnpackBudget {

    /// In bytes: ten seconds' work.
    public static final long DEFAULT_BYTES = 2L << 30;

    /// Unpacked bytes to one byte of an archive that cost nothing here. Classes take about 2, text 20.
    static final int FREE_RATIO = 10;

    private final long limit;
    private final AtomicLong spent = new AtomicLong();

    /// @param bytes that all archives of the image together may unpack to beyond {@value #FREE_RATIO} times their size
    public UnpackBudget(long bytes) {
        limit = bytes;
    }

    /// For a single file, which its reader's own limits bound.
    public static UnpackBudget unlimited() {
        return new UnpackBudget(Long.MAX_VALUE);
    }

    /// Told of each archive that was read.
    public void spend(long unpackedBytes, long packedBytes) {
        var excess = unpackedBytes - packedBytes * FREE_RATIO;
        if (excess > 0) {
            spent.accumulateAndGet(
                    excess, (before, more) -> before > Long.MAX_VALUE - more ? Long.MAX_VALUE : before + more);
        }
    }

    /// What is to be said when too much was unpacked, a sentence with the limit and its option; empty before that.
    public String excess() {
        return spent.get() <= limit
                ? ""
                : "the archives in it (jars) unpack to over " + FREE_RATIO
                        + " times their size, and together to more than the limit of " + limit
                        + " bytes beyond that (--max-archives-unpacked-bytes)";
    }
}
