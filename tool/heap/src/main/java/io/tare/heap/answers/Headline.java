package io.tare.heap.answers;

import io.tare.heap.answers.RootPaths.Holder;
import io.tare.model.heap.PathStep;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The place on a path that the program's author would look for: the first field of a class of the program itself. What libraries and the
 * JDK put before it is folded into a few words.
 */
final class Headline {
  private static final int MOST_STEPS = 8;

  /** What begins with these is not the program's own, as long as anything else is on the path. */
  private static final List<String> LIBRARIES = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.",
      "kotlin.", "kotlinx.", "scala.", "groovy.", "org.codehaus.groovy.", "clojure.", "org.springframework.",
      "org.apache.", "org.eclipse.", "org.hibernate.", "org.jboss.", "org.wildfly.", "io.undertow.", "io.netty.",
      "io.vertx.", "io.quarkus.", "io.micronaut.", "io.micrometer.", "io.grpc.", "io.opentelemetry.", "io.reactivex.",
      "reactor.", "akka.", "org.slf4j.", "ch.qos.logback.", "com.google.", "com.fasterxml.", "com.zaxxer.",
      "com.github.benmanes.caffeine.", "net.sf.ehcache.", "org.ehcache.", "com.hazelcast.", "com.mysql.",
      "org.postgresql.", "org.h2.", "oracle.", "org.junit.", "org.mockito.", "net.bytebuddy.", "org.aspectj.");

  private Headline() {}

  /** {@code app.AuditTrail.bySession → table, by way of static field org.x.Registry.ALL and 9 steps more}. */
  static String words(List<PathStep> path) {
    String whole = Holder.words(path);
    int origin = Holder.start(path);
    OptionalInt own = isOwnOrigin(path, origin) ? OptionalInt.empty() : firstOwn(path, origin);
    if (own.isEmpty()) {
      return whole;
    }
    int at = own.getAsInt();
    String rest = path.stream().skip(at + 1L).limit(MOST_STEPS).map(PathStep::reference)
        .filter(reference -> !reference.isEmpty()).collect(Collectors.joining(" → "));
    String folded = at - origin > 1 ? " and " + (at - origin) + " steps more" : "";
    // Where the code of a hidden class lies says nothing to anybody, and is elsewhere in the next dump.
    return path.get(at).className().replaceFirst("\\+0x[0-9a-f]+$", "") + (rest.isEmpty() ? "" : "." + rest)
        + ", by way of "
        + Holder.words(path.subList(0, origin + 1)) + folded;
  }

  /** The path begins at a static field, or in a method, of the program. */
  private static boolean isOwnOrigin(List<PathStep> path, int origin) {
    PathStep first = path.get(origin);
    int method = first.reference().indexOf(" in ");
    return origin == 0
        ? isOwn(first.className())
        : first.reference().startsWith("static ")
            ? isOwn(path.get(origin - 1).label())
            : method >= 0
                ? isOwn(first.reference().substring(method + " in ".length()))
                : isOwn(path.get(origin - 1).className());
  }

  /** The first object of a class of the program that refers to what follows by a field, or that is the last. */
  private static OptionalInt firstOwn(List<PathStep> path, int origin) {
    return IntStream.range(origin, path.size())
        .filter(at -> isOwn(path.get(at).className()) && !path.get(at).className().endsWith("[]")
            && (at + 1 == path.size() || isField(path.get(at + 1).reference())))
        .findFirst();
  }

  private static boolean isField(String reference) {
    return !reference.isEmpty() && Character.isJavaIdentifierStart(reference.charAt(0)) && reference.indexOf(' ') < 0;
  }

  private static boolean isOwn(String className) {
    return !className.isEmpty() && LIBRARIES.stream().noneMatch(className::startsWith)
        && className.replace("[]", "").chars().anyMatch(Character::isUpperCase);
  }
}
