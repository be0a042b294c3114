package io.tare.yaml.command;

import io.tare.yaml.Yaml;
import io.tare.yaml.YamlDocument;
import io.tare.yaml.YamlNode;
import io.tare.yaml.basis.Parts;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.event.Emitter;
import io.tare.yaml.event.EventText;
import io.tare.yaml.event.YamlEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** The commands that show what is in a file. */
final class Look {
  private Look() {}

  static void load(Request request, PrintStream out) throws IOException {
    long start = System.nanoTime();
    try (YamlDocument d = Yaml.load(request.file(), request.options())) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      Parts parts = d.parts();
      out.printf("documents            %,15d   in %,d ms%n", d.documents(), millis);
      out.printf("text      %-10s %,15d B%n", parts.textMapped() ? "(mapped)" : "(copied)", parts.textBytes());
      out.printf("tape      %-10s %,15d B, %,d B of them used%n", parts.onHeap() ? "(heap)" : "", parts.tapeCapacity(),
          parts.tapeUsed());
      out.printf("decoded texts        %,15d B, %,d B of them used%n", parts.decodedCapacity(), parts.decodedUsed());
      out.printf("anonymous            %,15d B = %.2f of the text%n", parts.anonymousBytes(),
          parts.anonymousBytes() / (double) Math.max(1, parts.textBytes()));
    }
  }

  static void get(Request request, PrintStream out) throws IOException {
    try (YamlDocument d = Yaml.load(request.file(), request.options())) {
      YamlNode node = d.root();
      for (String step : request.words().subList(1, request.words().size())) {
        node = node.kind() == YamlDocument.Kind.SEQUENCE && step.matches("[0-9]{1,18}")
            ? node.get(Long.parseLong(step))
            : node.get(step);
        if (!node.exists()) {
          throw new YamlException("there is no '" + step + "' there");
        }
      }
      if (node.size() == 0 && node.kind() != YamlDocument.Kind.SEQUENCE && node.kind() != YamlDocument.Kind.MAPPING) {
        out.println(node.text());
      } else {
        d.toJson(node.word(), out);
        out.println();
      }
    }
  }

  static void json(Request request, PrintStream out) throws IOException {
    try (YamlDocument d = Yaml.load(request.file(), request.options())) {
      for (int i = 0; i < d.documents(); i++) {
        d.toJson(d.rootWord(i), out);
        out.println();
      }
    }
  }

  static void events(Request request, PrintStream out) throws IOException {
    out.println("+STR");
    Yaml.events(request.file(), request.options(), event -> out.println(EventText.of(event)));
    out.println("-STR");
  }

  static void emit(Request request, PrintStream out) throws IOException {
    Emitter emitter = new Emitter(out);
    Yaml.events(request.file(), request.options(), event -> add(emitter, event));
  }

  private static void add(Emitter emitter, YamlEvent event) {
    try {
      emitter.add(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
