package dev.plimsoll.server.events;

/// Why a verdict or the vulnerabilities of an image became others. Written by its name everywhere.
public enum Cause {
    IMAGE_CHANGED,
    BASE_CHANGED,
    ADVISORY_ADDED,
    ADVISORY_CHANGED,
    ADVISORY_WITHDRAWN,
    EPSS_CROSSED,
    KEV_ADDED,
    FIX_PUBLISHED,
    GRACE_ENDED,
    WAIVER_ADDED,
    WAIVER_EXPIRED,
    POLICY_CHANGED,
    MAPPING_CHANGED,
    ENGINE_CHANGED,
    DATA_STALE,
    VEX_CHANGED
}
