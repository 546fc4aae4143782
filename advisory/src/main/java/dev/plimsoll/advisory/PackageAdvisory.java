package dev.plimsoll.advisory;

/// An advisory with one of the packages that it is about.
public record PackageAdvisory(Advisory advisory, AffectedPackage affected) {}
