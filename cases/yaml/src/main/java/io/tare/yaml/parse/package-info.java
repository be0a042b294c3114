/**
 * From bytes to nodes, YAML 1.2.2 complete. Reading order: {@code Sink}, {@code Lines}, {@code Scalars}, {@code NodeStart}, {@code Flow}, {@code Block},
 * {@code Parser}: each layer stands on the one before.
 */
@NullMarked
package io.tare.yaml.parse;

import org.jspecify.annotations.NullMarked;
