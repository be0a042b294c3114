import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Keeps lambdas that hold bytes, and objects of a class that it defines as a hidden one. Runs from source on JDK 17 and later. */
public class HiddenClasses {
  static final List<Supplier<Integer>> LAMBDAS = new ArrayList<>();
  static final List<Object> HIDDEN = new ArrayList<>();

  public static class Plan {
    final byte[] text = new byte[1000];
  }

  public static void main(String[] args) throws Exception {
    byte[] code;
    try (InputStream file = Plan.class.getResourceAsStream("HiddenClasses$Plan.class")) {
      code = file.readAllBytes();
    }
    Class<?> hidden = MethodHandles.lookup().defineHiddenClass(code, true).lookupClass();
    for (int i = 0; i < 2_000; i++) {
      byte[] held = new byte[1000];
      LAMBDAS.add(() -> held.length);
      HIDDEN.add(hidden.getConstructor().newInstance());
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
    System.out.println(hidden.getName() + "\n" + LAMBDAS.get(0).getClass().getName());
  }
}
