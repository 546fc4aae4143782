/// Providers of Terraform and OpenTofu.
@NullMarked
package dev.plimsoll.inventory.terraform;

import org.jspecify.annotations.NullMarked;
