package io.tare.junit;

import java.lang.annotation.Annotation;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The annotations of a test: those of the method, else of its class, else of the classes around that. */
record Annotations(ExtensionContext context) {

  static Annotations of(ExtensionContext context) {
    return new Annotations(context);
  }

  <A extends Annotation> Optional<A> find(Class<A> type) {
    Optional<A> found = AnnotationSupport.findAnnotation(context.getTestMethod(), type);
    for (Class<?> place = context.getRequiredTestClass(); found.isEmpty()
        && place != null; place = place.getEnclosingClass()) {
      found = AnnotationSupport.findAnnotation(place, type);
    }
    return found;
  }
}
