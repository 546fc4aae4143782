/// Packages of formats that are laid over a distribution: snaps, Bitnami, Homebrew, Bottlerocket.
@NullMarked
package dev.plimsoll.inventory.bundle;

import org.jspecify.annotations.NullMarked;
