package io.tare.capture.memory.hotspot;

/**
 * How this JVM writes references and class pointers into memory: compressed or not, coloured by generational ZGC, with compact
 * headers or not.
 */
final class OopEncoding {
  private static final int COMPACT_CLASS_SHIFT = 42;
  private static final int FIRST_COLOUR_BIT = 12;
  private static final int COLOURS = 0xf;
  private static final int FIRST_TIGHT_ARRAYS = 23;

  private final Vm vm;
  private final boolean narrowOops;
  private final boolean narrowClasses;
  private final boolean compactHeaders;
  private final int majorVersion;
  private final boolean coloured;
  private final long staleBits;

  private OopEncoding(Vm vm, Layout layout) {
    this.vm = vm;
    this.narrowOops = isOn(layout, "UseCompressedOops");
    this.compactHeaders = isOn(layout, "UseCompactObjectHeaders");
    this.narrowClasses = compactHeaders || isOn(layout, "UseCompressedClassPointers");
    this.majorVersion = majorVersion(layout.fact("version").orElse(""));
    this.staleBits = isOn(layout, "UseZGC") ? staleBits(vm, layout) : 0;
    this.coloured = isOn(layout, "UseZGC") && vm.has("ZGlobalsForVMStructs._ZPointerLoadShift")
        && !layout.fact("flag.ZGenerational").orElse("").equals("false");
  }

  static OopEncoding of(Vm vm, Layout layout) {
    return new OopEncoding(vm, layout);
  }

  private static boolean isOn(Layout layout, String flag) {
    return layout.fact("flag." + flag).orElse("").equals("true");
  }

  /** 25 of {@code 25.0.3+9-LTS}; before JDK 9 the JVM's own version came first, {@code 25.402-b06} for JDK 8. */
  static int majorVersion(String version) {
    if (version.contains("-b")) {
      return 8;
    }
    int digits = 0;
    while (digits < version.length() && digits < 4 && Character.isDigit(version.charAt(digits))) {
      digits++;
    }
    return digits == 0 ? 0 : Integer.parseInt(version.substring(0, digits));
  }

  private static long staleBits(Vm vm, Layout layout) {
    String globals = ZgcWalk.prefix(vm, layout) + "GlobalsForVMStructs.";
    try {
      return vm.word(vm.word(vm.staticWord(globals + "_instance_p"), globals + "_ZPointerLoadBadMask",
          globals + "_ZAddressBadMask", globals + "_XAddressBadMask"));
    } catch (Unreadable otherCollector) {
      return 0;
    }
  }

  /** Whether ZGC may have moved the object since this reference was written. */
  boolean isStale(long reference) {
    return (reference & staleBits) != 0;
  }

  boolean isNarrow() {
    return narrowOops;
  }

  /**
   * A full-width reference. Generational ZGC sets one of four colour bits, and the address follows that bit; a reference of a former
   * colour may be out of date: check the object's class.
   */
  long fromRoot(long reference) {
    if (!coloured) {
      return reference;
    }
    int colour = (int) (reference >>> FIRST_COLOUR_BIT) & COLOURS;
    return colour == 0 ? 0 : reference >>> (FIRST_COLOUR_BIT + Integer.numberOfTrailingZeros(colour) + 1);
  }

  long fromNarrow(long reference) throws Unreadable {
    if (reference == 0) {
      return 0;
    }
    long base = vm.staticWord("CompressedOops._base", "CompressedOops._narrow_oop._base", "Universe._narrow_oop._base");
    long shift = vm.u32(
        vm.staticAt("CompressedOops._shift", "CompressedOops._narrow_oop._shift", "Universe._narrow_oop._shift"));
    return base + (reference << (shift & 63));
  }

  long classOf(long object) throws Unreadable {
    if (compactHeaders) {
      return fromNarrowClass(vm.word(object) >>> COMPACT_CLASS_SHIFT);
    }
    return narrowClasses
        ? fromNarrowClass(vm.u32(vm.at(object, "oopDesc._metadata._compressed_klass")))
        : vm.word(object, "oopDesc._metadata._klass");
  }

  private long fromNarrowClass(long narrow) throws Unreadable {
    long base = vm.staticWord("CompressedKlassPointers._base", "CompressedKlassPointers._narrow_klass._base",
        "Universe._narrow_klass._base");
    long shift = vm.u32(vm.staticAt("CompressedKlassPointers._shift", "CompressedKlassPointers._narrow_klass._shift",
        "Universe._narrow_klass._shift"));
    return base + (narrow << (shift & 63));
  }

  int arrayLengthAt() {
    return compactHeaders ? 8 : narrowClasses ? 12 : 16;
  }

  int arrayDataAt() {
    int end = arrayLengthAt() + Integer.BYTES;
    return majorVersion >= FIRST_TIGHT_ARRAYS ? end : (end + 7) & ~7;
  }
}
