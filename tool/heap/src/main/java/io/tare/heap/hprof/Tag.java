package io.tare.heap.hprof;

/** The numbers of the records. */
public final class Tag {
  public static final int UTF8 = 0x01;
  public static final int LOAD_CLASS = 0x02;
  public static final int FRAME = 0x04;
  public static final int TRACE = 0x05;
  public static final int HEAP_DUMP = 0x0c;
  public static final int HEAP_DUMP_SEGMENT = 0x1c;
  public static final int HEAP_DUMP_END = 0x2c;

  public static final int ROOT_UNKNOWN = 0xff;
  public static final int ROOT_JNI_GLOBAL = 0x01;
  public static final int ROOT_JNI_LOCAL = 0x02;
  public static final int ROOT_JAVA_FRAME = 0x03;
  public static final int ROOT_NATIVE_STACK = 0x04;
  public static final int ROOT_STICKY_CLASS = 0x05;
  public static final int ROOT_THREAD_BLOCK = 0x06;
  public static final int ROOT_MONITOR = 0x07;
  public static final int ROOT_THREAD = 0x08;
  public static final int CLASS_DUMP = 0x20;
  public static final int INSTANCE = 0x21;
  public static final int OBJECT_ARRAY = 0x22;
  public static final int PRIMITIVE_ARRAY = 0x23;

  public static final int ANDROID_ROOT_INTERNED = 0x89;
  public static final int ANDROID_ROOT_FINALIZING = 0x8a;
  public static final int ANDROID_ROOT_DEBUGGER = 0x8b;
  public static final int ANDROID_ROOT_CLEANUP = 0x8c;
  public static final int ANDROID_ROOT_VM_INTERNAL = 0x8d;
  public static final int ANDROID_ROOT_JNI_MONITOR = 0x8e;
  public static final int ANDROID_UNREACHABLE = 0x90;
  public static final int ANDROID_ARRAY_WITHOUT_VALUES = 0xc3;
  public static final int ANDROID_HEAP_INFO = 0xfe;

  private Tag() {}

  /** Whether a record between segments may have this number. */
  public static boolean isTopLevel(int tag) {
    return (tag >= UTF8 && tag <= 0x07) || (tag >= 0x0a && tag <= 0x0e) || tag == HEAP_DUMP_SEGMENT
        || tag == HEAP_DUMP_END;
  }
}
