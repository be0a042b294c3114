package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.table.Fault;
import io.tare.cases.faults.table.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the command for a fault, or says why it can't be started here. */
public final class Launcher {
  private static final String MAIN = "io.tare.cases.faults.Faults";

  private Launcher() {}

  public static Launch launch(Fault fault, Wish wish) throws IOException, InterruptedException, Skipped {
    if (fault.program() instanceof Program.Jvm jvm) {
      return launch(fault.name(), jvm, wish);
    }
    return NativeLaunch.of((Program.Native) fault.program(), wish);
  }

  private static Launch launch(String name, Program.Jvm jvm, Wish wish) throws IOException, Skipped {
    int feature = JavaRelease.feature(wish.java());
    if (jvm.need() == Program.Need.ZGC_THAT_MAPS_THREE_TIMES && !JavaRelease.zgcMapsThreeTimes(feature)) {
      throw new Skipped("ZGC of JDK " + feature + " maps the heap once");
    }
    List<String> command = new ArrayList<>(List.of(wish.java().toString()));
    addCollector(command, jvm, wish);
    command.addAll(jvm.flags().of(wish.stage().sizeBytes()));
    command.addAll(JavaRelease.quietUnsafe(feature));
    command.addAll(List.of("-cp", OwnClassPath.location().toString(), MAIN, name));
    command.addAll(List.of("--size", Long.toString(wish.stage().sizeBytes())));
    command.addAll(List.of("--hold", Long.toString(wish.stage().hold().toSeconds())));
    command.addAll(List.of("--dir", wish.stage().directory().toString()));
    return new Launch(command, environment(jvm));
  }

  private static void addCollector(List<String> command, Program.Jvm jvm, Wish wish) throws Skipped {
    String only = jvm.collector().orElse("");
    String wanted = wish.collector().orElse(only);
    if (!only.isEmpty() && !wanted.equals(only)) {
      throw new Skipped("it makes sense with " + only + " only");
    }
    if (!wanted.isEmpty()) {
      command.add("-XX:+Use" + wanted + "GC");
    }
  }

  private static Map<String, String> environment(Program.Jvm jvm) throws Skipped {
    if (jvm.need() != Program.Need.JEMALLOC) {
      return Map.of();
    }
    Path library = SharedLibrary.find("libjemalloc.so.2")
        .orElseThrow(() -> new Skipped("libjemalloc.so.2 is not installed (Debian package libjemalloc2)"));
    return Map.of("LD_PRELOAD", library.toString());
  }
}
