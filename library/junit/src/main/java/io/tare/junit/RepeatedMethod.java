package io.tare.junit;

import io.tare.probe.Work;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** A test method as work that can be repeated, called in a way that allocates nothing by itself. */
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

  private static void run(MethodHandle call) throws Exception {
    try {
      call.invokeExact();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the test threw something that is neither exception nor error", e);
    }
  }
}
