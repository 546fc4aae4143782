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
public record Lifecycle(String product, String cycle, Optional<LocalDate> endOfLife, boolean ended) {

    /// Whether no fixes come any more on that day.
    public boolean hasEndedBy(LocalDate day) {
        return endOfLife.map(end -> !day.isBefore(end)).orElse(ended);
    }
}
