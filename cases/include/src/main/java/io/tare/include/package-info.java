/** The program: a proxy that assembles pages from fragments. Reading order: {@code scan}, {@code page}, {@code fragment}, {@code proxy}, {@code Include}. */
@NullMarked
package io.tare.include;

import org.jspecify.annotations.NullMarked;
