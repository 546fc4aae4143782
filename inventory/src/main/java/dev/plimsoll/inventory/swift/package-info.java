/// Packages of Swift, and pods.
@NullMarked
package dev.plimsoll.inventory.swift;

import org.jspecify.annotations.NullMarked;
