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
 * The test, with its {@code @BeforeEach} and {@code @AfterEach}, leaves no direct byte buffer behind that a GC does not free.
 * The buffers that the JDK keeps per thread for its own input and output don't count. With parallel execution the test runs
 * alone.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MemoryGuardExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface NoDirectBuffersLeft {
  /** How long buffers get to be collected and freed. */
  long settleMillis() default 2000;
}
