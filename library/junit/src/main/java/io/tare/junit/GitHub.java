package io.tare.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A failed guard as a line that GitHub shows at the test's own line in a pull request: {@code ::error file=…,line=…::…}. Written where
 * GitHub runs the build; {@code -Dtare.github=on} or {@code off} decides otherwise.
 */
final class GitHub {
  private static final List<String> FOLDERS = List.of("src/test/java", "src/it/java", "test", "src");

  private GitHub() {}

  static boolean isOn() {
    String wanted = System.getProperty("tare.github", "");
    return wanted.equals("on") || (!wanted.equals("off") && "true".equals(System.getenv("GITHUB_ACTIONS")));
  }

  static String line(ExtensionContext test, String message, Path workingDirectory) {
    Class<?> type = test.getRequiredTestClass();
    String method = test.getTestMethod().map(found -> found.getName()).orElse("");
    String title = type.getSimpleName() + (method.isEmpty() ? "" : "." + method);
    return "::error " + place(type, method, workingDirectory) + "title="
        + escaped(title).replace(":", "%3A").replace(",", "%2C") + "::"
        + escaped(message.strip());
  }

  private static String place(Class<?> type, String method, Path workingDirectory) {
    Class<?> outermost = type;
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    String file = outermost.getName().replace('.', '/') + ".java";
    String workspace = System.getenv().getOrDefault("GITHUB_WORKSPACE", "");
    for (String folder : FOLDERS) {
      Path source = workingDirectory.resolve(folder).resolve(file).toAbsolutePath().normalize();
      if (Files.isRegularFile(source)) {
        boolean isInside = !workspace.isEmpty() && source.startsWith(workspace);
        Path shown = isInside
            ? Path.of(workspace).relativize(source)
            : workingDirectory.toAbsolutePath().normalize().relativize(source);
        return "file=" + shown.toString().replace('\\', '/') + ",line=" + lineOf(source, method) + ",";
      }
    }
    return "";
  }

  private static int lineOf(Path source, String method) {
    try {
      Pattern declared = Pattern.compile("\\b" + Pattern.quote(method) + "\\s*\\(");
      List<String> lines = Files.readAllLines(source);
      for (int line = 0; line < lines.size() && !method.isEmpty(); line++) {
        if (declared.matcher(lines.get(line)).find()) {
          return line + 1;
        }
      }
    } catch (IOException unreadable) {
      return 1;
    }
    return 1;
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
