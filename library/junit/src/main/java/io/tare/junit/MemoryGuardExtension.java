package io.tare.junit;

import io.tare.probe.LeakOptions;
import io.tare.probe.WarmUp;
import io.tare.probe.Work;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Carries out the annotations of this package. Guards that repeat the test method stand in for its invocation; guards that
 * compare before and after enclose the test with its callbacks.
 */
public final class MemoryGuardExtension implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {
  private static final Namespace NAMESPACE = Namespace.create(MemoryGuardExtension.class);

  private record Guards(List<Guard> list) {}

  /** JUnit makes one for each annotated class. */
  public MemoryGuardExtension() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    List<Guard> guards = new ArrayList<>();
    Annotations annotations = Annotations.of(context);
    annotations.mustStandOnTests();
    annotations.find(NoThreadsLeft.class)
        .ifPresent(wanted -> guards.add(new ThreadGuard(Duration.ofMillis(wanted.settleMillis()))));
    annotations.find(NoDirectBuffersLeft.class)
        .ifPresent(wanted -> guards.add(DirectBufferGuard.start(Duration.ofMillis(wanted.settleMillis()))));
    annotations.find(MaxHeap.class).ifPresent(wanted -> guards.add(HeapGuard.start(Size.parseBytes(wanted.value()))));
    annotations.find(MaxRss.class).ifPresent(wanted -> guards.add(RssGuard.start(Size.parseBytes(wanted.value()))));
    context.getStore(NAMESPACE).put(context.getUniqueId(), new Guards(guards));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Guards guards = context.getStore(NAMESPACE).remove(context.getUniqueId(), Guards.class);
    if (guards == null) {
      return;
    }
    guards.list.forEach(Guard::stop);
    if (context.getExecutionException().isEmpty()) {
      checkAll(guards.list);
    }
  }

  private static void checkAll(List<Guard> guards) {
    AssertionError first = null;
    for (Guard guard : guards) {
      try {
        guard.check();
      } catch (AssertionError broken) {
        if (first == null) {
          first = broken;
        } else {
          first.addSuppressed(broken);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  @Override
  public void interceptTestMethod(Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method,
      ExtensionContext context) throws Throwable {
    repeatOrProceed(invocation, method, Annotations.of(context));
  }

  @Override
  public void interceptTestTemplateMethod(Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) throws Throwable {
    repeatOrProceed(invocation, method, Annotations.of(context));
  }

  /** Each test that a factory makes is guarded by itself; the guards around the factory's method hold for all of them together. */
  @Override
  public void interceptDynamicTest(Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test,
      ExtensionContext context) throws Throwable {
    repeatOrProceed(invocation, () -> RepeatedMethod.of(test.getExecutable()), Annotations.of(context));
  }

  private static void repeatOrProceed(Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method,
      Annotations annotations) throws Throwable {
    repeatOrProceed(invocation, () -> RepeatedMethod.of(method), annotations);
  }

  private static void repeatOrProceed(Invocation<@Nullable Void> invocation, Callable<Work<Exception>> repeated,
      Annotations annotations) throws Throwable {
    Optional<MaxAllocation> maxAllocation = annotations.find(MaxAllocation.class);
    Optional<NoLeak> noLeak = annotations.find(NoLeak.class);
    if (maxAllocation.isEmpty() && noLeak.isEmpty()) {
      invocation.proceed();
      return;
    }
    invocation.skip();
    Work<Exception> work = repeated.call();
    if (noLeak.isPresent()) {
      LeakOptions usual = LeakOptions.ofRounds(noLeak.get().rounds());
      MemoryGuards.noLeak(
          new LeakOptions(usual.rounds(), noLeak.get().warmUpRounds(), usual.settle(), usual.findOrigins()), work);
    }
    if (maxAllocation.isPresent()) {
      WarmUp usual = WarmUp.DEFAULT;
      MemoryGuards.maxAllocation(maxAllocation.get().value(),
          new WarmUp(maxAllocation.get().warmUpCalls(), usual.atLeast(), usual.limit()), work);
    }
  }
}
