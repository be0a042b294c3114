package io.tare.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * While the test runs, the resident memory of the process grows by at most so much: {@code @MaxRss("200 MB")}. Heap that was
 * never touched before, direct buffers, native memory, threads and mapped files all count; the JVM seldom gives memory back, so
 * choose a limit with room. Looked at every few milliseconds and at the end. On a system without {@code /proc} the test is
 * aborted, not passed. With parallel execution the test runs alone.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MemoryGuardExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface MaxRss {
  /** The most that resident memory may grow by, like {@code "200 MB"}. */
  String value();
}
