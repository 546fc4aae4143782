/// What all commands share: the world around them, how they end, how values are written, where
/// results go.
@NullMarked
package dev.plimsoll.cli.command;

import org.jspecify.annotations.NullMarked;
