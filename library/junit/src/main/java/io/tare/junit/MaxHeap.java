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
 * While the test runs, the living objects of the heap never grow by more than so much: {@code @MaxHeap("50 MB")}.
 *
 * <p>Garbage does not count: when the heap in use goes beyond the limit, a GC tells garbage from objects. Looked at every few
 * milliseconds and at the end, so that a short peak may be missed. The whole process is looked at: with parallel execution the
 * test runs alone.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MemoryGuardExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface MaxHeap {
  /** The most that the living heap may grow by, like {@code "50 MB"}. */
  String value();
}
