package io.tare.junit;

import io.tare.probe.Work;
import io.tare.probe.allocation.WarmUp;
import io.tare.probe.leftovers.LeakOptions;
import java.lang.reflect.Method;
import java.nio.file.Path;
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
 * compare before and after enclose the test with its callbacks. JUnit also finds it by itself when {@code -Dtare.guard} asks for a
 * whole suite to be guarded.
 */
public final class MemoryGuardExtension implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {
  private static final Namespace NAMESPACE = Namespace.create(MemoryGuardExtension.class);

  private record Guards(List<Guard> list) {}

  /** JUnit makes one for each annotated class. */
  public MemoryGuardExtension() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    if (context.getStore(NAMESPACE).get(context.getUniqueId()) != null) {
      return;
    }
    List<Guard> guards = new ArrayList<>();
    Annotations annotations = Annotations.of(context);
    annotations.mustStandOnTests();
    Budget budget = Budget.ofTheProcess();
    annotations.limit(NoThreadsLeft.class, wanted -> Long.toString(wanted.settleMillis()), "threads", budget)
        .ifPresent(settle -> guards.add(new ThreadGuard(settle(settle))));
    annotations
        .limit(NoDirectBuffersLeft.class, wanted -> Long.toString(wanted.settleMillis()), "directBuffers", budget)
        .ifPresent(settle -> guards.add(DirectBufferGuard.start(settle(settle))));
    // The search for what holds a leak needs memory of its own, which a budget for the test must not be charged for.
    Budget beside = annotations.limit(NoLeak.class, NoLeak::toString, "leak", budget).isPresent()
        ? Budget.NONE
        : budget;
    annotations.limit(MaxHeap.class, MaxHeap::value, "heap", beside)
        .ifPresent(limit -> guards.add(HeapGuard.start(Size.parseBytes(limit))));
    annotations.limit(MaxRss.class, MaxRss::value, "rss", beside)
        .ifPresent(limit -> guards.add(RssGuard.start(Size.parseBytes(limit))));
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
      try {
        checkAll(guards.list);
      } catch (AssertionError broken) {
        throw told(broken, context);
      }
    }
  }

  private static Duration settle(String text) {
    return text.matches("\\d{1,6}") ? Duration.ofMillis(Long.parseLong(text)) : Duration.ofSeconds(2);
  }

  private static AssertionError told(AssertionError broken, ExtensionContext context) {
    if (GitHub.isOn()) {
      System.out.println(GitHub.line(context, String.valueOf(broken.getMessage()), Path.of("")));
    }
    return broken;
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
    Budget budget = Budget.ofTheProcess();
    Optional<String> maxAllocation = annotations.limit(MaxAllocation.class, MaxAllocation::value, "allocation", budget);
    Optional<String> rounds = annotations.limit(NoLeak.class, wanted -> Integer.toString(wanted.rounds()), "leak",
        budget);
    if (maxAllocation.isEmpty() && rounds.isEmpty()) {
      invocation.proceed();
      return;
    }
    invocation.skip();
    Work<Exception> work = repeated.call();
    try {
      if (rounds.isPresent()) {
        MemoryGuards.noLeak(leakOptions(rounds.get(), annotations.find(NoLeak.class), budget), work);
      }
      if (maxAllocation.isPresent()) {
        guardAllocation(maxAllocation.get(), annotations.find(MaxAllocation.class), work);
      }
    } catch (GuardError broken) {
      throw told(broken, annotations.context());
    }
  }

  private static LeakOptions leakOptions(String rounds, Optional<NoLeak> wanted, Budget budget) {
    LeakOptions usual = LeakOptions.ofRounds(rounds.matches("\\d{1,5}") ? Integer.parseInt(rounds) : 20);
    List<String> ignored = new ArrayList<>(budget.ignored());
    wanted.ifPresent(annotation -> ignored.addAll(List.of(annotation.ignore())));
    return new LeakOptions(usual.rounds(), wanted.map(NoLeak::warmUpRounds).orElse(usual.warmUpRounds()),
        usual.settle(),
        usual.findOrigins(), wanted.map(NoLeak::runsPerRound).orElse(0), ignored);
  }

  private static void guardAllocation(String limit, Optional<MaxAllocation> wanted, Work<Exception> work)
      throws Exception {
    WarmUp usual = WarmUp.DEFAULT;
    MemoryGuards.maxAllocation(limit,
        new WarmUp(wanted.map(MaxAllocation::warmUpCalls).orElse(usual.calls()), usual.atLeast(), usual.limit()),
        work);
    if (wanted.isPresent() && wanted.get().objects() >= 0) {
      MemoryGuards.maxAllocations(wanted.get().objects(), work);
    }
  }
}
