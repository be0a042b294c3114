/** {@code tare who}: who allocated it. */
@NullMarked
package io.tare.app.who;

import org.jspecify.annotations.NullMarked;
