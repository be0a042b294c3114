package io.tare.cases.faults.classes;

import java.util.function.IntUnaryOperator;

/** A loader that defines one generated class. */
final class OneClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  OneClassLoader() {
    super(OneClassLoader.class.getClassLoader());
  }

  /** An instance of the class, so that the JVM has linked and initialised it. */
  IntUnaryOperator define(GeneratedClass generated, int seed) {
    byte[] file = generated.bytes(seed);
    Class<?> type = defineClass(generated.name().replace('/', '.'), file, 0, file.length);
    try {
      return (IntUnaryOperator) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated class can't be used", e);
    }
  }
}
