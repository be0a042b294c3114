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
 * The test, run round after round, leaves nothing behind that grows: {@code @NoLeak(rounds = 20)}. Objects of every class are
 * counted after a GC in each round, and threads, timers, executors, class loaders, thread-local values, buffers, files, JMX beans
 * and shutdown hooks with them, and native memory; a cache that warms up passes, and what only soft references hold. The message
 * names the path from a root that holds what leaks.
 *
 * <p>The method itself is repeated, on one instance; {@code @BeforeEach} and {@code @AfterEach} run once. The whole process is
 * looked at: with parallel execution the test runs alone.
 *
 * @see io.tare.probe.leftovers.LeakProtocol
 */
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MemoryGuardExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface NoLeak {
  /** Rounds to measure; fewer than 8 cannot tell, and fail. */
  int rounds() default 20;

  /** Rounds before them. */
  int warmUpRounds() default 5;

  /** Runs between two counts; 0 for as many as fit into a second in all (at most 200). With n of them, one leak in n runs shows for sure. */
  int runsPerRound() default 0;

  /**
   * Declared caches, which may grow: a class ({@code "com.acme.Cache"}), a field ({@code "com.acme.Orders.SEEN"}), or a package
   * ({@code "com.acme.cache.*"}). A line {@code ignore=…} in {@code tare-guards.properties} declares them for all tests.
   */
  String[] ignore() default {};
}
