/** What trials come down to: variants side by side, and growth with the input. */
@NullMarked
package io.tare.model.trial;

import org.jspecify.annotations.NullMarked;
