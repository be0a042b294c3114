/** Pure functions over profiles: the heaviest places, what moved between two, and which stacks are looked at. */
@NullMarked
package io.tare.profile;

import org.jspecify.annotations.NullMarked;
