package io.tare.include.naive;

import io.tare.include.fragment.Address;
import io.tare.include.fragment.BadAddress;
import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import io.tare.include.http.OriginAnswer;
import io.tare.include.http.OriginClient;
import io.tare.include.page.PageRequest;
import io.tare.include.page.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows include, remove, comment and {@code <!--esi -->}: one regular expression after the other, one fragment after the other. */
public final class NaiveProcessor {
  static final Pattern REMOVE = Pattern.compile("<esi:remove>.*?</esi:remove>", Pattern.DOTALL);
  static final Pattern COMMENT = Pattern.compile("<esi:comment[^>]*/>", Pattern.DOTALL);
  static final Pattern HIDDEN = Pattern.compile("<!--esi(.*?)-->", Pattern.DOTALL);
  static final Pattern INCLUDE = Pattern.compile("<esi:include\\s+([^>]*?)/?>", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE = Pattern.compile("(src|alt|onerror)\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final int DEEPEST = 5;
  private static final int MOST_BYTES = 1 << 20;

  private final OriginClient client;
  private final Map<String, CachedText> cache;
  private final long freshMillis;
  private final PageRequest request;
  private final Problems problems;

  NaiveProcessor(OriginClient client, Map<String, CachedText> cache, long freshMillis, PageRequest request,
      Problems problems) {
    this.client = client;
    this.cache = cache;
    this.freshMillis = freshMillis;
    this.request = request;
    this.problems = problems;
  }

  /** The same searches on a page, without fetching: what the scanner is measured against. */
  public static int count(String page) {
    String text = HIDDEN.matcher(COMMENT.matcher(REMOVE.matcher(page).replaceAll("")).replaceAll("")).replaceAll("$1");
    return (int) INCLUDE.matcher(text).results().count();
  }

  String process(String page, Address base, int depth) {
    String text = HIDDEN.matcher(COMMENT.matcher(REMOVE.matcher(page).replaceAll("")).replaceAll("")).replaceAll("$1");
    return INCLUDE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(include(found, base, depth)));
  }

  private String include(MatchResult found, Address base, int depth) {
    String src = "";
    String alt = "";
    Matcher attribute = ATTRIBUTE.matcher(found.group(1));
    while (attribute.find()) {
      src = attribute.group(1).equals("src") ? attribute.group(2) : src;
      alt = attribute.group(1).equals("alt") ? attribute.group(2) : alt;
    }
    try {
      return fragment(src, base, depth);
    } catch (IOException | BadAddress e) {
      problems.add(base.toString(), String.valueOf(e.getMessage()));
    }
    try {
      return alt.isEmpty() ? "" : fragment(alt, base, depth);
    } catch (IOException | BadAddress e) {
      problems.add(base.toString(), String.valueOf(e.getMessage()));
      return "";
    }
  }

  private String fragment(String src, Address base, int depth) throws IOException, BadAddress {
    Address address = base.resolve(src);
    if (depth >= DEEPEST || !request.origins().contains(address.origin())) {
      throw new HttpError(502, address + " may not be included here");
    }
    CachedText cached = cache.get(address.toString());
    long now = System.nanoTime() / 1_000_000;
    if (cached == null || cached.freshUntilMillis() < now) {
      cached = new CachedText(fetch(address), now + freshMillis);
      cache.put(address.toString(), cached);
    }
    return process(cached.text(), address, depth + 1);
  }

  private String fetch(Address address) throws IOException {
    try (OriginAnswer answer = client.get(address.origin(),
        Head.request("GET", address.target(), List.of(new Head.Field("Host", address.host()))))) {
      if (!answer.head().isOk()) {
        throw new HttpError(502, address + " answered " + answer.head().status());
      }
      return new String(answer.bytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }
}
