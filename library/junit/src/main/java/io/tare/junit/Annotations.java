package io.tare.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The annotations of a test: those of the method, else of its class, else of the classes around that. */
record Annotations(ExtensionContext context) {

  private static final List<Class<? extends Annotation>> GUARDS = List.of(NoLeak.class, MaxAllocation.class,
      MaxHeap.class, MaxRss.class, NoThreadsLeft.class, NoDirectBuffersLeft.class);

  /** A test that a factory made has no method of its own: the factory's annotations are meant. */
  static Annotations of(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getTestClass().isEmpty() && at.getParent().isPresent()) {
      at = at.getParent().get();
    }
    return new Annotations(at);
  }

  /** JUnit runs no extension around a method that is no test, so a guard there would pass whatever the method does. */
  void mustStandOnTests() {
    mustStandOnTests(context.getRequiredTestClass());
  }

  static void mustStandOnTests(Class<?> testClass) {
    for (Method method : testClass.getDeclaredMethods()) {
      for (Class<? extends Annotation> guard : GUARDS) {
        if (AnnotationSupport.isAnnotated(method, guard) && !AnnotationSupport.isAnnotated(method, Testable.class)) {
          throw new ExtensionConfigurationException("@" + guard.getSimpleName() + " on " + method.getName()
              + "() guards nothing, because that is no test method; put it on the test or on the class");
        }
      }
    }
  }

  <A extends Annotation> Optional<A> find(Class<A> type) {
    Optional<A> found = AnnotationSupport.findAnnotation(context.getTestMethod(), type);
    for (Class<?> place = context.getRequiredTestClass(); found.isEmpty()
        && place != null; place = place.getEnclosingClass()) {
      found = AnnotationSupport.findAnnotation(place, type);
    }
    return found;
  }

  /** What the annotation says, else what the suite's budget says of this guard. */
  <A extends Annotation> Optional<String> limit(Class<A> type, Function<A, String> value, String guard, Budget budget) {
    Optional<A> own = find(type);
    Optional<String> ofSuite = own.isPresent()
        ? Optional.empty()
        : budget.limit(guard, context.getRequiredTestClass(), context.getTestMethod());
    if (ofSuite.isPresent() && !guard.equals("allocation")) {
      mustRunAlone();
    }
    return own.map(value).or(() -> ofSuite);
  }

  /** An annotation takes JUnit's global lock; for a suite's budget nothing does. */
  private void mustRunAlone() {
    if (context.getConfigurationParameter("junit.jupiter.execution.parallel.enabled").map(Boolean::parseBoolean)
        .orElse(false)) {
      throw new ExtensionConfigurationException(
          "-D" + Budget.SWITCH + " looks at the whole process, so tests can't run at the same time;"
              + " add -Djunit.jupiter.execution.parallel.enabled=false");
    }
  }
}
