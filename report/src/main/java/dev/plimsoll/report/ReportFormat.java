package dev.plimsoll.report;

import java.io.IOException;
import java.io.OutputStream;

/// A way of writing a result down. Stateless.
///
/// Adding one is a class, its test and a line in `report.formats.ReportFormats`.
public interface ReportFormat {

    /// The name that `-o` takes.
    String name();

    /// One line for the help text.
    String description();

    /// Writes the result; the stream stays open.
    void write(Result result, Presentation presentation, OutputStream out) throws IOException;
}
