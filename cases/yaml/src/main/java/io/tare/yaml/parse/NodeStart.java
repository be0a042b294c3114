package io.tare.yaml.parse;

import io.tare.yaml.memory.Raw;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands before nodes and documents: anchors, tags, aliases, directives. */
abstract class NodeStart extends BlockScalars {
  private static final int LONGEST_NAME = 1 << 16;
  private static final String STANDARD = "tag:yaml.org,2002:";
  private final Map<String, String> handles = new HashMap<>();
  private boolean versioned;

  NodeStart(long textStart, long start, long end) {
    super(textStart, start, end);
    forgetDirectives();
  }

  protected final void forgetDirectives() {
    versioned = false;
    handles.clear();
  }

  /** The properties that stand in this line; {@code p} ends at what follows them. */
  protected final Properties properties(boolean flow) {
    String anchor = null;
    String tag = null;
    for (;;) {
      byte c = at(p);
      if (c == '&') {
        if (anchor != null) {
          throw refused(p, "expected one anchor for a node");
        }
        anchor = name(flow);
      } else if (c == '!') {
        if (tag != null) {
          throw refused(p, "expected one tag for a node");
        }
        tag = tag(flow);
      } else {
        return new Properties(anchor, tag);
      }
      skipBlanks();
    }
  }

  protected final Properties merged(@Nullable Properties outer, @Nullable Properties inner, long where) {
    if (outer == null || inner == null) {
      return outer == null ? inner == null ? new Properties(null, null) : inner : outer;
    }
    if ((outer.anchor() != null && inner.anchor() != null) || (outer.tag() != null && inner.tag() != null)) {
      throw refused(where, "expected one anchor and one tag for a node");
    }
    return new Properties(outer.anchor() == null ? inner.anchor() : outer.anchor(),
        outer.tag() == null ? inner.tag() : outer.tag());
  }

  /** The name of an anchor or alias, from its indicator on. */
  protected final String name(boolean flow) {
    long start = ++p;
    while (!endsToken(p) && !isFlowIndicator(at(p))) {
      p++;
    }
    if (p == start || (!endsToken(p) && !flow)) {
      throw refused(p, "expected the name of an anchor, and a blank after it");
    }
    return text(start, p);
  }

  private String tag(boolean flow) {
    long start = p;
    String tag;
    if (at(p + 1) == '<') {
      p += 2;
      while (isTagCharacter(at(p)) || at(p) == '!' || (isFlowIndicator(at(p)) && at(p) != '{' && at(p) != '}')) {
        p++;
      }
      if (at(p) != '>' || p == start + 2) {
        throw refused(p, "expected '!<', an address and '>'");
      }
      tag = unescaped(text(start + 2, p), start);
      p++;
    } else {
      p++;
      long suffix = p;
      while (isTagCharacter(at(p))) {
        p++;
      }
      String handle = "!";
      if (at(p) == '!') {
        p++;
        handle = text(start, p);
        suffix = p;
        while (isTagCharacter(at(p))) {
          p++;
        }
      }
      tag = resolved(handle, unescaped(text(suffix, p), start), start);
    }
    if (!endsToken(p) && !(flow && isFlowIndicator(at(p)))) {
      throw refused(p, "expected a blank after the tag");
    }
    return tag;
  }

  private String resolved(String handle, String suffix, long start) {
    if (!handle.equals("!") && suffix.isEmpty()) {
      throw refused(start, "expected a name behind the handle of this tag");
    }
    String prefix = handles.get(handle);
    if (prefix == null) {
      prefix = switch (handle) {
        case "!" -> "!";
        case "!!" -> STANDARD;
        default -> throw refused(start, "expected a tag whose handle " + handle + " a %TAG line declares");
      };
    }
    return handle.equals("!") && suffix.isEmpty() ? "!" : prefix + suffix;
  }

  /** With the characters that stand in it as percent signs and digits. */
  private String unescaped(String raw, long where) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    byte[] octets = raw.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] != '%') {
        bytes.write(octets[i]);
        continue;
      }
      int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(octets[i + 2], 16);
      if (low < 0) {
        throw refused(where, "expected two hexadecimal digits behind '%' in a tag");
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static boolean isTagCharacter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || ("-#;/?:@&=+$_.~*'()%".indexOf(c) >= 0 && c > 0);
  }

  /** The lines that begin with {@code %}. Unknown ones are passed over, as the specification wants. */
  protected final boolean directives() {
    boolean any = false;
    while (p < end && at(p) == '%' && p == lineStart) {
      any = true;
      long stop = Raw.lineEnd(p);
      String line = text(p, stop);
      int comment = line.indexOf(" #");
      String[] words = (comment < 0 ? line : line.substring(0, comment)).strip().split("[ \t]+");
      switch (words[0]) {
        case "%YAML" -> version(words);
        case "%TAG" -> handle(words);
        default -> {
        }
      }
      p = stop;
      toContent();
    }
    return any;
  }

  private void version(String[] words) {
    if (versioned || words.length != 2 || !words[1].matches("1\\.[0-9]{1,3}")) {
      throw refused(p, "expected one line '%YAML 1.2' and nothing behind it");
    }
    versioned = true;
  }

  private void handle(String[] words) {
    if (words.length != 3 || !words[1].matches("!([0-9A-Za-z-]*!)?") || !isPrefix(words[2])
        || handles.size() >= 1_000) {
      throw refused(p, "expected '%TAG !name! prefix', the prefix an address or the beginning of one");
    }
    if (handles.put(words[1], unescaped(words[2], p)) != null) {
      throw refused(p, "expected one %TAG line for " + words[1]);
    }
  }

  private static boolean isPrefix(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      char c = prefix.charAt(i);
      if (c >= 0x80 || !(isTagCharacter((byte) c) || c == '!' || (i > 0 && ",[]".indexOf(c) >= 0))) {
        return false;
      }
    }
    return true;
  }

  protected final String text(long start, long stop) {
    if (stop - start > LONGEST_NAME) {
      throw refused(start, "expected at most " + LONGEST_NAME + " bytes here");
    }
    byte[] bytes = new byte[(int) (stop - start)];
    Raw.copy(start, bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
