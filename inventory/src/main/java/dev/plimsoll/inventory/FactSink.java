package dev.plimsoll.inventory;

/// Takes what an analyzer finds in one file. Not safe for several threads.
public interface FactSink {

    void add(Fact fact);

    /// Records a place in the file that could not be read.
    ///
    /// @param place line, offset or entry, empty for the whole file
    /// @param reason one sentence without a final stop, naming the limit where one was hit
    void unknown(String place, String reason);
}
