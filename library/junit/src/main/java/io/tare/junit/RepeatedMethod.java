package io.tare.junit;

import io.tare.probe.Work;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.function.Executable;

/** A test as work that can be repeated, called in a way that allocates nothing by itself. */
final class RepeatedMethod {
  private RepeatedMethod() {}

  static Work<Exception> of(ReflectiveInvocationContext<Method> invocation) throws IllegalAccessException {
    Method method = invocation.getExecutable();
    method.setAccessible(true);
    MethodHandle handle = MethodHandles.lookup().unreflect(method);
    if (invocation.getTarget().isPresent()) {
      handle = handle.bindTo(invocation.getTarget().get());
    }
    handle = MethodHandles.insertArguments(handle, 0, invocation.getArguments().toArray());
    MethodHandle call = handle.asType(MethodType.methodType(void.class));
    return () -> run(call);
  }

  static Work<Exception> of(Executable dynamicTest) {
    return () -> run(dynamicTest);
  }

  private static void run(Executable dynamicTest) throws Exception {
    try {
      dynamicTest.execute();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw neither(e);
    }
  }

  private static void run(MethodHandle call) throws Exception {
    try {
      call.invokeExact();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw neither(e);
    }
  }

  private static IllegalStateException neither(Throwable thrown) {
    return new IllegalStateException("the test threw something that is neither exception nor error", thrown);
  }
}
