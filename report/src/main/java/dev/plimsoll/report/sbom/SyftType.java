package dev.plimsoll.report.sbom;

import dev.plimsoll.purl.PackageType;

/// What Syft calls the types of packages, and the languages that it names beside them.
///
/// Source: Syft, package `pkg`, `type.go` and `language.go`.
///
/// @param word of the type
/// @param language empty where there is none
record SyftType(String word, String language) {

    static SyftType of(PackageType type) {
        return switch (type) {
            case CARGO -> new SyftType("rust-crate", "rust");
            case COCOAPODS -> new SyftType("pod", "swift");
            case COMPOSER -> new SyftType("php-composer", "php");
            case CONAN -> new SyftType("conan", "c++");
            case CPAN -> new SyftType("cpan", "perl");
            case CRAN -> new SyftType("R-package", "R");
            case GEM -> new SyftType("gem", "ruby");
            case GENERIC -> new SyftType("binary", "");
            case GITHUB -> new SyftType("github-action", "");
            case GOLANG -> new SyftType("go-module", "go");
            case HACKAGE -> new SyftType("hackage", "haskell");
            case HEX -> new SyftType("hex", "elixir");
            case HOMEBREW -> new SyftType("homebrew", "");
            case HUGGINGFACE -> new SyftType("model", "");
            case LUAROCKS -> new SyftType("lua-rocks", "lua");
            case MAVEN -> new SyftType("java-archive", "java");
            case NPM -> new SyftType("npm", "javascript");
            case NUGET -> new SyftType("dotnet", "dotnet");
            case OPAM -> new SyftType("opam", "ocaml");
            case OTP -> new SyftType("erlang-otp", "erlang");
            case PEAR -> new SyftType("php-pear", "php");
            case PORTAGE -> new SyftType("portage", "");
            case PUB -> new SyftType("dart-pub", "dart");
            case PYPI -> new SyftType("python", "python");
            case SWIFT -> new SyftType("swift", "swift");
            case SWIPLPACK -> new SyftType("swiplpack", "swipl");
            case VCPKG -> new SyftType("vcpkg", "c++");
            case JULIA, SNAP, WORDPRESS_THEME -> new SyftType("UnknownPackage", "");
            case ALPM, APK, BITNAMI, CONDA, DEB, NIX, RPM, TERRAFORM, WORDPRESS_PLUGIN ->
                new SyftType(type.purlType(), "");
        };
    }
}
