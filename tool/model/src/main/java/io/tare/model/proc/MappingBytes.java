package io.tare.model.proc;

/**
 * The byte counts of one mapping. A kernel that does not print a field lacks the feature behind it; the count is then zero.
 *
 * @param anonymous resident pages that no file backs
 * @param hugetlb pages of hugetlbfs, which RSS does not count
 * @param referenced resident pages that were used since the kernel looked last whether they are
 */
public record MappingBytes(
    long rss,
    long pss,
    long sharedClean,
    long sharedDirty,
    long privateClean,
    long privateDirty,
    long anonymous,
    long lazyFree,
    long anonHuge,
    long swap,
    long locked,
    long hugetlb,
    long referenced) {
  public static final MappingBytes NONE = new MappingBytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Bytes that only this process holds: what would come free if it ended. */
  public long unique() {
    return privateClean + privateDirty;
  }

  public long dirty() {
    return sharedDirty + privateDirty;
  }
}
