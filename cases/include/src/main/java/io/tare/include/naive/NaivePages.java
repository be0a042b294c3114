package io.tare.include.naive;

import io.tare.include.http.OriginClient;
import io.tare.include.page.PageHandler;
import io.tare.include.page.PageRequest;
import io.tare.include.page.Problems;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The whole page as a string, a new processor and new buffers for each request, and a cache that nothing ever leaves. */
public final class NaivePages implements PageHandler {
  private static final int BUFFER_CHARS = 16_384;

  private final OriginClient client;
  private final long freshMillis;
  private final Map<String, CachedText> cache = new ConcurrentHashMap<>();

  public NaivePages(OriginClient client, long freshMillis) {
    this.client = client;
    this.freshMillis = freshMillis;
  }

  @Override
  public Problems assemble(InputStream page, PageRequest request, OutputStream out) throws IOException {
    Problems problems = new Problems();
    String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
    NaiveProcessor processor = new NaiveProcessor(client, cache, freshMillis, request, problems);
    BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARS);
    writer.write(processor.process(text, request.address(), 0));
    writer.flush();
    return problems;
  }
}
