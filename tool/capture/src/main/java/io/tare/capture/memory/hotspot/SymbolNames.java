package io.tare.capture.memory.hotspot;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The symbols to look up in the JVM's library: the exported tables, and statics that only an unstripped library names. */
final class SymbolNames {
  private SymbolNames() {}

  static final String NONCLASS_METASPACE = "_ZN9metaspace16MetaspaceContext23_nonclass_space_contextE";
  static final String CLASS_METASPACE = "_ZN9metaspace16MetaspaceContext20_class_space_contextE";

  static final String POLLING_PAGE = "_ZN18SafepointMechanism13_polling_pageE";
  static final String ASSERT_POISON = "g_assert_poison";

  static final String PARALLEL_MARKS = "_ZN17PSParallelCompact12_mark_bitmapE";
  static final String PARALLEL_SUMMARY = "_ZN17PSParallelCompact13_summary_dataE";
  static final String FROM_CARD_CACHE = "_ZN15G1FromCardCache6_cacheE";
  static final String FROM_CARD_CACHE_BYTES = "_ZN15G1FromCardCache16_static_mem_sizeE";

  static final String INSTANCE_CLASSES = "_ZN20ClassLoaderDataGraph21_num_instance_classesE";
  static final String ARRAY_CLASSES = "_ZN20ClassLoaderDataGraph18_num_array_classesE";
  static final String CLASS_WORDS = "_ZN9metaspace15RunningCounters19_used_class_counterE";
  static final String NONCLASS_WORDS = "_ZN9metaspace15RunningCounters22_used_nonclass_counterE";

  private static final Set<String> TABLES = Stream.concat(
      Stream.of("gHotSpotVMStructs", "gHotSpotVMTypes", "gHotSpotVMIntConstants", "gHotSpotVMLongConstants"),
      Stream.of("StructEntryTypeNameOffset", "StructEntryFieldNameOffset", "StructEntryTypeStringOffset",
          "StructEntryIsStaticOffset", "StructEntryOffsetOffset", "StructEntryAddressOffset", "StructEntryArrayStride",
          "TypeEntryTypeNameOffset", "TypeEntrySuperclassNameOffset", "TypeEntrySizeOffset", "TypeEntryArrayStride",
          "IntConstantEntryNameOffset", "IntConstantEntryValueOffset", "IntConstantEntryArrayStride",
          "LongConstantEntryNameOffset", "LongConstantEntryValueOffset", "LongConstantEntryArrayStride")
          .map(name -> "gHotSpotVM" + name))
      .collect(Collectors.toUnmodifiableSet());

  static final Set<String> ALL = Stream
      .concat(TABLES.stream(), Stream.of(NONCLASS_METASPACE, CLASS_METASPACE, POLLING_PAGE, ASSERT_POISON,
          PARALLEL_MARKS, PARALLEL_SUMMARY, FROM_CARD_CACHE, FROM_CARD_CACHE_BYTES,
          INSTANCE_CLASSES, ARRAY_CLASSES, CLASS_WORDS, NONCLASS_WORDS))
      .collect(Collectors.toUnmodifiableSet());
}
