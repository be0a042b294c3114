package io.tare.app.who;

import io.tare.model.profile.Profile.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where sources are: a file is found by as much of its path as there is below the folder. Nothing outside of it is read. */
record SourceFolder(Optional<Path> folder) {
  private static final int MOST_BYTES = 4 << 20;

  /** The lines of a function's file; none where it is not found. */
  List<String> lines(Frame function) {
    for (String name : List.of(function.file(), ofJava(function))) {
      String[] parts = name.replace('\\', '/').split("/");
      for (int from = 0; from < parts.length; from++) {
        List<String> lines = read(String.join("/", List.of(parts).subList(from, parts.length)));
        if (!lines.isEmpty()) {
          return lines;
        }
      }
    }
    return List.of();
  }

  /** Of {@code shop.cart.Cart.add} in {@code Cart.java}: {@code shop/cart/Cart.java}. */
  private static String ofJava(Frame function) {
    int dot = function.file().lastIndexOf(".java");
    int name = dot < 0 ? -1 : function.function().indexOf("." + function.file().substring(0, dot));
    return name < 0 ? "" : function.function().substring(0, name).replace('.', '/') + "/" + function.file();
  }

  private List<String> read(String name) {
    if (folder.isEmpty() || name.isEmpty() || name.indexOf('\0') >= 0) {
      return List.of();
    }
    try {
      Path inside = folder.get().toRealPath();
      Path file = inside.resolve(name);
      if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(inside)) {
        return List.of();
      }
      try (InputStream in = Files.newInputStream(file)) {
        return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines().toList();
      }
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
