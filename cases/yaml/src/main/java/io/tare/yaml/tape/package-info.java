/**
 * Values as eight-byte words on a tape outside the Java heap. Reading order: {@code Word}, {@code TapeBuilder}, {@code KeyShapes}, {@code Mappings},
 * {@code Tape}.
 */
@NullMarked
package io.tare.yaml.tape;

import org.jspecify.annotations.NullMarked;
