package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.hotspot.ZgcWalk.ZgcForwarding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads single Java objects: enough for a thread's name and a few counters. Every object's class is checked before it is
 * believed, because a collector may move it meanwhile.
 */
final class JavaObjects {
  private static final int MOST_SUPERS = 64;
  private static final int MOST_CHARACTERS = 1024;

  private final Vm vm;
  private final OopEncoding encoding;
  private final ZgcForwarding forwarding;
  private final JavaFields fields;
  private final Map<Long, String> classNames = new HashMap<>();
  private final Map<String, Integer> offsets = new HashMap<>();

  private JavaObjects(Vm vm, OopEncoding encoding, ZgcForwarding forwarding) {
    this.vm = vm;
    this.encoding = encoding;
    this.forwarding = forwarding;
    this.fields = new JavaFields(vm);
  }

  static JavaObjects of(Vm vm, Layout layout) {
    return new JavaObjects(vm, OopEncoding.of(vm, layout), ZgcForwarding.of(vm, layout));
  }

  /** The object that a handle outside of the heap leads to. */
  long fromHandle(long handle) throws Unreadable {
    return present(vm.word(handle));
  }

  private long fromField(long address) throws Unreadable {
    return encoding.isNarrow()
        ? plausible(encoding.fromNarrow(vm.u32(address)))
        : present(vm.word(address));
  }

  private long present(long reference) throws Unreadable {
    long address = encoding.fromRoot(reference);
    return plausible(encoding.isStale(reference) ? forwarding.follow(address) : address);
  }

  private long plausible(long object) throws Unreadable {
    if (!vm.isPointer(object)) {
      throw Unreadable.at("Java object", object);
    }
    return object;
  }

  Optional<String> threadName(long thread) {
    try {
      long name = fromField(thread + offset(thread, "java/lang/Thread", "name"));
      return Optional.of(string(name));
    } catch (Unreadable movedOrAbsent) {
      return Optional.empty();
    }
  }

  private String string(long string) throws Unreadable {
    long value = fromField(string + offset(string, "java/lang/String", "value"));
    int length = vm.i32(value + encoding.arrayLengthAt());
    if (length < 0) {
      throw Unreadable.at("string", string);
    }
    byte[] bytes = vm.bytes(value + encoding.arrayDataAt(), Math.min(length, MOST_CHARACTERS));
    if (!fields.has(classOf(string), "coder")) {
      return utf16(vm.bytes(value + encoding.arrayDataAt(), 2 * Math.min(length, MOST_CHARACTERS)));
    }
    boolean latin = vm.u8(string + offset(string, "java/lang/String", "coder")) == 0;
    return latin ? new String(bytes, StandardCharsets.ISO_8859_1) : utf16(bytes);
  }

  private static String utf16(byte[] bytes) {
    ByteBuffer characters = ProcessMemory.inOrder(bytes);
    StringBuilder text = new StringBuilder();
    while (characters.remaining() >= Character.BYTES) {
      text.append(characters.getChar());
    }
    return text.toString();
  }

  boolean hasField(long klass, String field) throws Unreadable {
    return fields.has(klass, field);
  }

  /** A long field of a static object: {@code java/nio/Bits.RESERVED_MEMORY} is an AtomicLong whose {@code value} counts. */
  long atomicLong(long holderClass, String field) throws Unreadable {
    long mirror = mirror(holderClass);
    long atomic = fromField(mirror + fields.offset(holderClass, field));
    return vm.word(atomic + offset(atomic, "java/util/concurrent/atomic/AtomicLong", "value"));
  }

  long staticLong(long holderClass, String field) throws Unreadable {
    return vm.word(mirror(holderClass) + fields.offset(holderClass, field));
  }

  private long mirror(long holderClass) throws Unreadable {
    long handle = vm.word(holderClass, "Klass._java_mirror");
    return vm.isOfType("Klass._java_mirror", "oop") ? handle : fromHandle(handle);
  }

  /** The offset of a field that the object has from this class or one above it. */
  private int offset(long object, String declaringClass, String field) throws Unreadable {
    String key = declaringClass + '.' + field;
    long declaring = classNamed(object, declaringClass);
    Integer known = offsets.get(key);
    if (known == null) {
      known = fields.offset(declaring, field);
      offsets.put(key, known);
    }
    return known;
  }

  private long classNamed(long object, String name) throws Unreadable {
    long klass = classOf(object);
    for (int depth = 0; klass != 0 && depth < MOST_SUPERS; depth++) {
      if (className(klass).equals(name)) {
        return klass;
      }
      klass = vm.word(klass, "Klass._super");
    }
    throw new Unreadable("object at " + Long.toHexString(object) + " is no " + name);
  }

  long classOf(long object) throws Unreadable {
    long klass = encoding.classOf(object);
    if (!vm.isPointer(klass)) {
      throw Unreadable.at("class of object", object);
    }
    return klass;
  }

  /** The class's name with slashes. */
  String className(long klass) throws Unreadable {
    String known = classNames.get(klass);
    if (known == null) {
      known = fields.symbol(vm.word(klass, "Klass._name"));
      classNames.put(klass, known);
    }
    return known;
  }
}
