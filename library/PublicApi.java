import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what a module of the library offers against its file {@code api.txt}: a line for every public type and each of its public or protected
 * members. Somebody's program stands on these lines, so they change on purpose only: {@code -Dgolden.update} writes them anew.
 */
public class PublicApi {
  public static void main(String[] words) throws IOException {
    Path classes = Path.of(words[0]);
    Path file = Path.of(words[1]);
    if (!Files.isDirectory(classes)) {
      return;
    }
    String now = api(classes);
    if (words.length > 2 && !words[2].isEmpty() && !words[2].startsWith("${")) {
      Files.writeString(file, now);
    }
    if (!Files.exists(file) || !Files.readString(file).equals(now)) {
      Set<String> before = new TreeSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
      Set<String> after = new TreeSet<>(now.lines().toList());
      System.out.println("What " + file + " promises has changed; -Dgolden.update writes it down if that is meant:");
      before.stream().filter(line -> !after.contains(line)).forEach(line -> System.out.println("  - " + line));
      after.stream().filter(line -> !before.contains(line)).forEach(line -> System.out.println("  + " + line));
      System.exit(1);
    }
  }

  private static String api(Path classes) throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        ClassModel type = ClassFile.of().parse(file);
        if (isOffered(type)) {
          lines.addAll(lines(type));
        }
      }
    }
    return lines.stream().map(line -> line.strip() + "\n").collect(Collectors.joining());
  }

  /** A nested type says of itself only that it is public; what it is nested in, and how, stands elsewhere. */
  private static boolean isOffered(ClassModel type) {
    boolean isVisible = type.flags().has(AccessFlag.PUBLIC);
    for (InnerClassInfo inner : type.findAttribute(Attributes.innerClasses()).map(all -> all.classes()).orElse(List.of())) {
      boolean isThisOrAround = type.thisClass().asInternalName().equals(inner.innerClass().asInternalName())
          || type.thisClass().asInternalName().startsWith(inner.innerClass().asInternalName() + "$");
      if (isThisOrAround) {
        isVisible &= inner.outerClass().isPresent() && (inner.has(AccessFlag.PUBLIC) || inner.has(AccessFlag.PROTECTED));
      }
    }
    return isVisible && !type.flags().has(AccessFlag.SYNTHETIC);
  }

  private static List<String> lines(ClassModel type) {
    List<String> lines = new ArrayList<>();
    String name = type.thisClass().asInternalName().replace('/', '.');
    if (name.endsWith("module-info") || name.endsWith("package-info")) {
      return lines;
    }
    lines.add(name + ": " + kind(type) + " " + type.findAttribute(Attributes.signature()).map(SignatureAttribute::signature)
        .map(Object::toString).orElseGet(() -> Stream.concat(type.superclass().stream(), type.interfaces().stream())
            .map(entry -> entry.asInternalName()).collect(Collectors.joining(" "))));
    for (FieldModel field : type.fields()) {
      if (isOffered(field.flags().flags())) {
        lines.add(name + "." + field.fieldName().stringValue() + " " + flags(field.flags().flags()) + field.findAttribute(
            Attributes.signature()).map(s -> s.signature().stringValue()).orElse(field.fieldType().stringValue()));
      }
    }
    for (MethodModel method : type.methods()) {
      if (isOffered(method.flags().flags())) {
        String thrown = method.findAttribute(Attributes.exceptions()).map(ExceptionsAttribute::exceptions).orElse(List.of())
            .stream().map(entry -> " throws " + entry.asInternalName()).sorted().collect(Collectors.joining());
        lines.add(name + "." + method.methodName().stringValue() + method.findAttribute(Attributes.signature())
            .map(s -> s.signature().stringValue()).orElse(method.methodType().stringValue()) + " "
            + flags(method.flags().flags()) + thrown);
      }
    }
    return lines;
  }

  private static boolean isOffered(Set<AccessFlag> flags) {
    return (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED)) && !flags.contains(AccessFlag.SYNTHETIC);
  }

  private static String kind(ClassModel type) {
    Set<AccessFlag> flags = type.flags().flags();
    return flags.contains(AccessFlag.ANNOTATION)
        ? "annotation"
        : flags.contains(AccessFlag.INTERFACE)
            ? "interface"
            : flags.contains(AccessFlag.ENUM) ? "enum" : (flags.contains(AccessFlag.ABSTRACT) ? "abstract " : "")
                + (flags.contains(AccessFlag.FINAL) ? "final " : "") + "class";
  }

  /** Of what a caller or a subclass notices; whether an interface's method has a body is among it. */
  private static String flags(Set<AccessFlag> flags) {
    return Stream.of(AccessFlag.PROTECTED, AccessFlag.STATIC, AccessFlag.ABSTRACT, AccessFlag.FINAL).filter(flags::contains)
        .map(flag -> flag.name().toLowerCase(Locale.ROOT) + " ").collect(Collectors.joining());
  }
}
