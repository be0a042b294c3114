/** The program: a partition offset tracker under load. Reading order: {@code tracker}, {@code round}, {@code Offsets}. */
@NullMarked
package io.tare.offsets;

import org.jspecify.annotations.NullMarked;
