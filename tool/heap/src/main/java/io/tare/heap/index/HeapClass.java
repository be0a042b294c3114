package io.tare.heap.index;

import io.tare.heap.index.HeapClass.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A class of the dump.
 *
 * @param number 0, 1, 2 …
 * @param id the address of its {@code java.lang.Class} object, 0 if it has none in the dump
 * @param node the number of that object
 * @param superNumber -1 if it has no super-class
 * @param loaderId 0 for the boot loader
 * @param fields of an instance, inherited ones too, in the order in which a dump writes their values
 * @param referenceOffsets where references stand in an instance's values, those of weak references apart
 * @param instanceBytes what the VM takes for an instance; 0 for arrays
 */
public record HeapClass(
    int number,
    long id,
    int node,
    String name,
    int superNumber,
    long loaderId,
    Kind kind,
    List<FieldAt> fields,
    Offsets referenceOffsets,
    long instanceBytes) {

  /** What its objects are to the analysis. */
  public enum Kind {
    PLAIN, ARRAY, WEAK, SOFT, PHANTOM, FINAL, THREAD, LOADER, STACK_CHUNK
  }

  /** A field, its type, and how many bytes into an instance's values it stands. */
  public record FieldAt(String name, int type, int offset, int declaringClass) {}

  /** Places in an instance's values. */
  public static final class Offsets {
    private final int[] at;

    public Offsets(int[] at) {
      this.at = at.clone();
    }

    public int count() {
      return at.length;
    }

    public int get(int index) {
      return at[index];
    }
  }

  public Optional<FieldAt> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }

  public String packageName() {
    int hidden = name.indexOf('/');
    int dot = name.lastIndexOf('.', hidden < 0 ? name.length() : hidden);
    return dot < 0 ? "(no package)" : name.substring(0, dot);
  }

  public boolean isReference() {
    return kind == Kind.WEAK || kind == Kind.SOFT || kind == Kind.PHANTOM || kind == Kind.FINAL;
  }

  /** Which of the special references count as references that hold what they refer to. */
  public record ReferenceStrength(boolean weak, boolean soft, boolean phantom, boolean finalizer) {
    /** Soft references and the finalizer queue hold, as they do until memory runs short; weak and phantom ones don't. */
    public static final ReferenceStrength USUAL = new ReferenceStrength(false, true, false, true);

    boolean holds(Kind kind) {
      return switch (kind) {
        case WEAK -> weak;
        case SOFT -> soft;
        case PHANTOM -> phantom;
        case FINAL -> finalizer;
        default -> true;
      };
    }
  }

  /** Turns the VM's names ({@code java/lang/String}, {@code [I}) into those of the source. */
  static final class ClassName {
    private ClassName() {}

    static String of(String internal) {
      int dimensions = 0;
      while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
        dimensions++;
      }
      String element = internal.substring(dimensions);
      return (dimensions == 0 ? dotted(element) : element(element)) + "[]".repeat(dimensions);
    }

    private static String element(String descriptor) {
      return switch (descriptor) {
        case "Z" -> "boolean";
        case "C" -> "char";
        case "F" -> "float";
        case "D" -> "double";
        case "B" -> "byte";
        case "S" -> "short";
        case "I" -> "int";
        case "J" -> "long";
        default -> descriptor.startsWith("L") && descriptor.endsWith(";")
            ? dotted(descriptor.substring(1, descriptor.length() - 1))
            : dotted(descriptor);
      };
    }

    /** The part behind the last slash of a hidden class is an address and stays. */
    private static String dotted(String name) {
      int hidden = name.indexOf("/0x");
      return hidden < 0 ? name.replace('/', '.') : name.substring(0, hidden).replace('/', '.') + name.substring(hidden);
    }
  }
}
