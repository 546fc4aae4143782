package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.UnpackBudget;

/// What the analysis of one image may take. Each limit has an option of the command of its name.
///
/// @param spooledBytes longest file that goes to disk because several analyzers read it, in bytes; a sparse file of any
///     size takes a few hundred bytes of a layer
/// @param archivesUnpackedBytes see {@link UnpackBudget}
public record ScanLimits(long spooledBytes, long archivesUnpackedBytes) {

    public static final ScanLimits DEFAULTS = new ScanLimits(4L << 30, UnpackBudget.DEFAULT_BYTES);
}
