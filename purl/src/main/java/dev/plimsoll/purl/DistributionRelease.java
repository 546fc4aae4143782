package dev.plimsoll.purl;

/// A release of a distribution as advisories name it: `debian` `12`, `alpine` `3.18`, `ubuntu` `22.04`, `almalinux`
/// `9`.
///
/// @param id the distribution's `ID` of os-release, lower case
/// @param release the part of the version that advisories are kept by; `rolling` where there are no releases, `unknown`
/// where
///     the image does not say
public record DistributionRelease(String id, String release) {

    public DistributionRelease {
        if (id.isEmpty() || release.isEmpty() || id.indexOf(':') >= 0) {
            throw new IllegalArgumentException("not a release of a distribution: '" + id + "' '" + release + "'");
        }
    }

    @Override
    public String toString() {
        return id + ":" + release;
    }
}
