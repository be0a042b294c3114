/** What a caller may set, and how a text is refused. */
@NullMarked
package io.tare.yaml.basis;

import org.jspecify.annotations.NullMarked;
