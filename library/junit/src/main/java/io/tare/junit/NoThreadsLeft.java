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
 * The test, with its {@code @BeforeEach} and {@code @AfterEach}, leaves no thread behind that was not there before. Threads that
 * the JDK starts once for everybody (the common pool, cleaners, carriers of virtual threads …) don't count. With parallel
 * execution the test runs alone.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MemoryGuardExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface NoThreadsLeft {
  /** How long threads that are about to end get for it. */
  long settleMillis() default 2000;
}
