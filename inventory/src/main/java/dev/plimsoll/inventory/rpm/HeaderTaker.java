package dev.plimsoll.inventory.rpm;

/// Takes the headers of a database, one after the other.
@FunctionalInterface
interface HeaderTaker {

    /// Takes one header; what is wrong with it becomes an unknown.
    ///
    /// @param place of the header in the database, for unknowns
    /// @return whether more can be taken
    boolean accept(String place, byte[] header);
}
