package io.tare.cases.faults.leaks;

import java.io.IOException;
import java.io.InputStream;

/** Loads the driver's class again and again, each time in a loader of its own, as a server does with an application. */
final class Plugin extends ClassLoader {
  private static final int RELOADS = 20;

  private Plugin() {
    super(Plugin.class.getClassLoader());
  }

  static void leak() throws IOException, ReflectiveOperationException {
    String name = PluginDriver.class.getName();
    byte[] code;
    try (InputStream file = Plugin.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new IOException("the class file of " + name + " is not beside this one");
      }
      code = file.readAllBytes();
    }
    for (int i = 0; i < RELOADS; i++) {
      Class<?> driver = new Plugin().defineClass(name, code, 0, code.length);
      driver.getMethod("register").invoke(null);
    }
  }
}
