/** Which files a run is about. Reading order: {@code PathFilter}, {@code Glob}. */
@NullMarked
package io.tare.sync.filter;

import org.jspecify.annotations.NullMarked;
