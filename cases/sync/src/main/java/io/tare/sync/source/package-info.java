/** Where files come from. Reading order: {@code Source}, {@code Page}, {@code LocalSource}, {@code S3Source}; {@code Retry} and {@code RateLimit} stand around every request. */
@NullMarked
package io.tare.sync.source;

import org.jspecify.annotations.NullMarked;
