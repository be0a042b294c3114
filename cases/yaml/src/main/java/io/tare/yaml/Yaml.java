package io.tare.yaml;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.event.YamlEvent;
import io.tare.yaml.memory.SourceText;
import io.tare.yaml.parse.Parser;
import io.tare.yaml.tape.TapeLoader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads YAML 1.2.2.
 *
 * <pre>{@code
 * try (YamlDocument d = Yaml.load(Path.of("big.yaml"))) {
 *   String name = d.root().get("metadata").get("name").text();
 * }
 * }</pre>
 */
public final class Yaml {
  private Yaml() {}

  public static YamlDocument load(Path file) throws IOException {
    return load(file, YamlOptions.DEFAULT);
  }

  /** All documents of a file. With {@link YamlOptions.Source#MAPPED} the file has to stay as it is until the document is closed. */
  public static YamlDocument load(Path file, YamlOptions options) throws IOException {
    return load(SourceText.of(file, options), options);
  }

  public static YamlDocument load(String text) {
    return load(text, YamlOptions.DEFAULT);
  }

  public static YamlDocument load(String text, YamlOptions options) {
    return load(text.getBytes(StandardCharsets.UTF_8), options);
  }

  public static YamlDocument load(byte[] text, YamlOptions options) {
    return load(SourceText.of(text, options), options);
  }

  private static YamlDocument load(SourceText text, YamlOptions options) {
    Arena arena = Arena.ofShared();
    boolean done = false;
    try {
      YamlDocument document = new YamlDocument(TapeLoader.load(text, options, arena), options, arena);
      done = true;
      return document;
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  /** Tells the events of a file one by one, without keeping them. */
  public static void events(Path file, YamlOptions options, Consumer<? super YamlEvent> consumer) throws IOException {
    events(SourceText.of(file, options), options, consumer);
  }

  public static void events(String text, YamlOptions options, Consumer<? super YamlEvent> consumer) {
    events(SourceText.of(text.getBytes(StandardCharsets.UTF_8), options), options, consumer);
  }

  private static void events(SourceText text, YamlOptions options, Consumer<? super YamlEvent> consumer) {
    try {
      EventSink sink = new EventSink(consumer);
      Parser parser = new Parser(text.start(), text.start(), text.end(), sink, options.limits());
      try {
        parser.run();
      } catch (YamlException e) {
        throw e.line() > 0 || sink.place() == 0 ? e : parser.refusedAt(sink.place(), String.valueOf(e.getMessage()));
      }
    } catch (InternalError e) {
      throw new YamlException("the file became shorter while it was read");
    } finally {
      text.free();
    }
  }
}
