/**
 * HotSpot's unified logging of collections, from JDK 9 on. Read {@link io.tare.formats.gclog.GcLogText} first.
 */
@NullMarked
package io.tare.formats.gclog;

import org.jspecify.annotations.NullMarked;
