package dev.plimsoll.server.backup;

import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Something that the doctor looks at. It only reads.
@FunctionalInterface
public interface Check {

    /// @param handle of a transaction that may not write
    /// @throws Exception where it cannot be looked at, which is a finding too
    void examine(Handle handle, Consumer<Finding> found) throws Exception;
}
