package dev.plimsoll.server.access;

/// What a route demands of whoever asks. Adding one is a line here and its line in {@link Role}.
public enum Permission {
    /// Nothing: health, login.
    NONE,
    /// Any known caller: who am I.
    KNOWN,
    READ_IMAGES,
    WRITE_IMAGES,
    /// Ask for a verdict on an image that is there or is submitted with the question.
    CHECK_IMAGES,
    READ_POLICIES,
    WRITE_POLICIES,
    /// Make a bundle the active one.
    ACTIVATE_POLICIES,
    READ_WAIVERS,
    WRITE_WAIVERS,
    READ_SUBSCRIPTIONS,
    WRITE_SUBSCRIPTIONS,
    READ_JOBS,
    WRITE_JOBS,
    /// Credentials of registries; their secrets are never read.
    READ_REGISTRIES,
    WRITE_REGISTRIES,
    /// Revisions of advisory data, which all accounts share.
    READ_DATA,
    /// Import, hold, release them: of the whole service, so it is for administrators of the first account alone.
    WRITE_DATA,
    /// Users and keys of the caller's account.
    ADMINISTER_ACCOUNT,
    READ_AUDIT,
    /// Accounts, and what concerns the whole service.
    ADMINISTER_SERVICE
}
