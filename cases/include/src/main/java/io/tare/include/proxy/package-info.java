/** The two variants of the proxy behind one handler. Reading order: {@code IncludeProxy}, {@code Settings}. */
@NullMarked
package io.tare.include.proxy;

import org.jspecify.annotations.NullMarked;
