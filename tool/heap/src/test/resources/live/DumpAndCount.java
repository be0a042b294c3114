import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import javax.management.ObjectName;

/** Fills its heap with objects of many layouts, dumps it, and prints the VM's own histogram. Runs from source on JDK 17 and later. */
public class DumpAndCount {
  static class A {
    byte b;
  }

  static class B extends A {
    long l;
    Object o;
  }

  static class C extends B {
    short s;
    Object p;
    boolean z;
  }

  static class D {
    int i;
    double d;
    char c;
  }

  /** Before JDK 21 a thread keeps some fields apart from all others, and with it whatever extends it. */
  static class Worker extends Thread {
    int a;
  }

  static class Named extends Worker {}

  static class Counting extends Named {
    int b;
    Object c;
  }

  static class CountingMore extends Counting {
    long d;
  }

  /** So does a pool, in every JDK. */
  static class Pool extends ForkJoinPool {
    int a;

    Pool() {
      super(1);
    }
  }

  static class LargerPool extends Pool {
    int b;
    Object c;
  }

  static final List<Object> KEEP = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 500; i++) {
      KEEP.addAll(List.of(new A(), new B(), new C(), new D(), new A[i % 9], new D[i % 5][2], new long[i % 7], new byte[i % 33]));
      KEEP.addAll(List.of(new HashMap<>(Map.of(i, "y" + i)), new Thread(), new ConcurrentHashMap<>()));
    }
    MethodType type = MethodType.methodType(int.class);
    KEEP.addAll(List.of(new MutableCallSite(type), new ConstantCallSite(MethodHandles.constant(int.class, 1))));
    KEEP.addAll(List.of(new Worker(), new Named(), new Counting(), new CountingMore(), new Pool(), new LargerPool()));
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
    ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(commands, "gcClassHistogram", new Object[] {new String[0]}, new String[] {String[].class.getName()});
    System.out.print(histogram);
  }
}
