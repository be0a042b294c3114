package io.tare.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test, called again and again until it is warm, allocates at most so much per call on its own thread: {@code @MaxAllocation("0 B")}.
 *
 * <p>The method itself is what is measured: what it needs belongs into {@code @BeforeEach}, which runs once. Its interceptors and
 * callbacks also run once. Calls that allocate only now and then count by their mean. Other tests may run at the same time.
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MemoryGuardExtension.class)

public @interface MaxAllocation {
  /** The most that a call may allocate, like {@code "0 B"}, {@code "1.5 KB"}, {@code "2 MB"}. */
  String value();

  /** How many calls come before the measurement, at least. */
  int warmUpCalls() default 20_000;

  /** The most objects per call; negative for no limit. JFR's samples tell them, so the number is an estimate, and the message says so. */
  int objects() default -1;
}
