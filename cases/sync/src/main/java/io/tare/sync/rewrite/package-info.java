/** Turning one state into another over all files, in the naive way and in bounded batches. Reading order: {@code Rewrite}, {@code BatchedRewrite}, {@code WholeRewrite}. */
@NullMarked
package io.tare.sync.rewrite;

import org.jspecify.annotations.NullMarked;
