/**
 * Makes what people install from what Maven has built: an archive with a runtime of its own, a Debian package, a container image. No tool of a
 * distribution is needed, nobody need be root, and the same input gives the same bytes.
 */
@NullMarked
package io.tare.dist;

import org.jspecify.annotations.NullMarked;
