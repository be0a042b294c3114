package io.tare.heap.hprof;

/** The types of fields and array elements, by their number in the format. */
public final class BasicType {
  public static final int OBJECT = 2;
  public static final int BOOLEAN = 4;
  public static final int CHAR = 5;
  public static final int FLOAT = 6;
  public static final int DOUBLE = 7;
  public static final int BYTE = 8;
  public static final int SHORT = 9;
  public static final int INT = 10;
  public static final int LONG = 11;
  /** One more than the highest number. */
  public static final int COUNT = 12;

  private static final int[] BYTES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};
  private static final String[] ARRAYS = {"", "", "", "", "boolean[]", "char[]", "float[]", "double[]", "byte[]",
      "short[]", "int[]", "long[]"};

  private BasicType() {}

  /** Bytes of one value in the dump; 0 if there is no such type. */
  public static int bytes(int type, int idBytes) {
    if (type == OBJECT) {
      return idBytes;
    }
    return type >= 0 && type < COUNT ? BYTES[type] : 0;
  }

  public static boolean isPrimitive(int type) {
    return type >= BOOLEAN && type < COUNT;
  }

  public static String arrayName(int type) {
    return ARRAYS[type];
  }
}
