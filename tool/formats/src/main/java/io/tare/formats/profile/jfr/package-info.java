/** Flight recordings: who allocated what, as the JVM or async-profiler samples it. */
@NullMarked
package io.tare.formats.profile.jfr;

import org.jspecify.annotations.NullMarked;
