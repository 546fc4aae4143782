/// Models of machine learning.
@NullMarked
package dev.plimsoll.inventory.models;

import org.jspecify.annotations.NullMarked;
