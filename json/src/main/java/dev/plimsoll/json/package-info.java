/// How is foreign JSON read, within limits, and YAML and TOML as the same tree, and our own JSON written, always the
/// same way?
@NullMarked
package dev.plimsoll.json;

import org.jspecify.annotations.NullMarked;
