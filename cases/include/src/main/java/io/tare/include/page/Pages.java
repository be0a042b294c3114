package io.tare.include.page;

import io.tare.include.fragment.Fragments;
import io.tare.include.scan.TagScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/** Assembles pages with a fixed number of scanners that are used again. */
public final class Pages {
  private static final int SCANNER_BYTES = 16_384;
  private static final int KEPT_SCANNERS = 16;

  private final Fragments fragments;
  private final PageLimits limits;
  private final ArrayBlockingQueue<TagScanner> scanners = new ArrayBlockingQueue<>(KEPT_SCANNERS);

  public Pages(Fragments fragments, PageLimits limits) {
    this.fragments = fragments;
    this.limits = limits;
  }

  /** Reads the page, writes it assembled, and tells what went wrong. */
  public Problems assemble(InputStream page, PageRequest request, OutputStream out) throws IOException {
    Problems problems = new Problems();
    TagScanner scanner = Optional.ofNullable(scanners.poll()).orElseGet(() -> new TagScanner(SCANNER_BYTES));
    try {
      scanner.reset(page);
      Includes includes = new Includes(fragments, request, limits, problems);
      new PageProcessor(scanner, includes, List.of(request.address())).assemble(out);
    } finally {
      scanner.reset(InputStream.nullInputStream());
      scanners.offer(scanner);
    }
    return problems;
  }
}
