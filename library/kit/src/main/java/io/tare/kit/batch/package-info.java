/** Much data a piece at a time: {@link io.tare.kit.batch.BatchReader}. */
@NullMarked
package io.tare.kit.batch;

import org.jspecify.annotations.NullMarked;
