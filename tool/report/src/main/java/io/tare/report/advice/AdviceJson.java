package io.tare.report.advice;

import io.tare.model.history.Advice;
import io.tare.model.history.Checklist;
import io.tare.report.look.JsonWriter;

/** {@code tare.advice/1} and {@code tare.checklist/1}. */
public final class AdviceJson {
  private AdviceJson() {}

  public static String render(Advice advice) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.advice/1").field("target", advice.target())
        .fieldIfSaid("runtime", advice.runtime()).field("seconds", advice.lasted().toSeconds());
    json.beginArray("settings");
    for (Advice.Setting setting : advice.settings()) {
      json.beginObject().field("id", setting.id()).field("title", setting.title()).field("bytes", setting.bytes())
          .fieldIfSaid("option", setting.option()).field("basis", setting.basis()).beginArray("readings");
      setting.readings().forEach(reading -> json.beginObject().field("what", reading.what())
          .field("value", reading.value()).endObject());
      json.endArray().endObject();
    }
    json.endArray().strings("refusals", advice.refusals()).strings("risks", advice.risks()).beginArray("fragments");
    Fragments.of(advice).forEach(fragment -> json.beginObject().field("for", fragment.id())
        .field("text", fragment.text()).endObject());
    return json.endArray().endObject().finish();
  }

  public static String render(Checklist list) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.checklist/1").field("target", list.target())
        .beginArray("items");
    list.items().forEach(item -> json.beginObject().field("id", item.id()).field("claim", item.claim())
        .field("answer", JsonWriter.word(item.answer())).field("reading", item.reading())
        .fieldIfSaid("next", item.next()).endObject());
    return json.endArray().endObject().finish();
  }
}
