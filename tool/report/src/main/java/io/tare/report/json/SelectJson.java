package io.tare.report.json;

import io.tare.model.heap.HeapValue;
import io.tare.model.heap.SelectAnswer;
import java.util.ArrayList;
import java.util.List;

/** {@code tare.heap-select/1}: each row is an object with a member for each column. */
public final class SelectJson {
  private SelectJson() {}

  /** The rows that are listed, and how many there are. */
  public static String render(SelectAnswer answer) {
    List<String> names = distinct(answer.columns());
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.heap-select/1")
        .field("query", answer.query()).beginArray("columns");
    names.forEach(json::value);
    json.endArray().field("found", answer.found()).field("rowsLeftOut", answer.rowsLeftOut()).beginArray("rows");
    for (List<HeapValue> row : answer.rows()) {
      json.beginObject();
      for (int column = 0; column < row.size(); column++) {
        HeapValues.field(json, names.get(column), row.get(column));
      }
      json.endObject();
    }
    json.endArray().beginArray("notes");
    answer.notes().forEach(json::value);
    return json.endArray().endObject().finish();
  }

  /** Members of one object have different names. */
  private static List<String> distinct(List<String> columns) {
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      String name = column;
      for (int number = 2; names.contains(name); number++) {
        name = column + " (" + number + ")";
      }
      names.add(name);
    }
    return names;
  }
}
