package io.tare.include.page;

/**
 * What one page may take: includes inside of includes, includes in all, elements inside of elements, bytes read ahead while a
 * fragment is awaited, includes fetched at once, bytes of an assembled fragment or block.
 */
public record PageLimits(int depth, int includes, int elements, int aheadBytes, int atOnce, int blockBytes) {
  public static final PageLimits USUAL = new PageLimits(5, 512, 32, 65_536, 32, 1 << 20);
}
