package dev.plimsoll.advisory;

import java.time.LocalDate;
import java.util.Optional;

/// When a release of a product gets no more fixes.
///
/// Source: endoflife.date, product pages.
///
/// @param product its name there, `debian`
/// @param cycle `12`
/// @param endOfLife the day; empty where the source only says yes or no
/// @param ended whether the source says that it is over, where it gives no day
/// @param extension fixes beyond that from others or for money, such as Debian's LTS; empty where the source names none
public record Lifecycle(
        String product, String cycle, Optional<LocalDate> endOfLife, boolean ended, Optional<Extension> extension) {

    /// Without an extension.
    public Lifecycle(String product, String cycle, Optional<LocalDate> endOfLife, boolean ended) {
        this(product, cycle, endOfLife, ended, Optional.empty());
    }

    /// Support beyond the end of life.
    ///
    /// Source: endoflife.date, "Recommendations: releases", `eoes`.
    ///
    /// @param end the day of its end; empty where the source only says yes or no
    /// @param ended whether the source says that it is over, where it gives no day
    public record Extension(Optional<LocalDate> end, boolean ended) {}

    /// Whether no fixes come any more on that day; those of an extension do not count.
    public boolean hasEndedBy(LocalDate day) {
        return endOfLife.map(end -> !day.isBefore(end)).orElse(ended);
    }
}
