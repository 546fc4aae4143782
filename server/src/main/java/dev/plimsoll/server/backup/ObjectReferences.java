package dev.plimsoll.server.backup;

/// Which objects rows name. A column that names some and is not here loses them to the doctor's broom
/// and to every backup.
final class ObjectReferences {

    /// Each digest once, in order.
    static final String QUERY = """
            select inventory_object as object from image where inventory_object is not null
            union
            select object from layer_fact
            union
            select object from revision
            order by object
            """;

    private ObjectReferences() {}
}
