package io.tare.cases.faults.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a situation weighs, measured from inside: resident bytes per account of the ledger.
 *
 * <p>A key is an account's id, or several joined by {@code +} where only their sum can be known from inside.
 * {@code heap.used} stands for live and garbage together. A key that starts with {@code scales.} is one of the ledger's scales.
 */
public final class Truth {
  private final Map<String, Long> exact = new TreeMap<>();
  private final Map<String, Long> atLeast = new TreeMap<>();
  private final Map<String, Long> atMost = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  /** The account holds this many bytes: within 1 % or 512 KB. */
  public Truth exact(String accounts, long bytes) {
    exact.put(accounts, bytes);
    return this;
  }

  /** The account holds what this situation put there, and what the runtime itself has there. */
  public Truth atLeast(String accounts, long bytes) {
    atLeast.put(accounts, bytes);
    return this;
  }

  public Truth atMost(String accounts, long bytes) {
    atMost.put(accounts, bytes);
    return this;
  }

  public Truth note(String sentence) {
    notes.add(sentence);
    return this;
  }

  public Map<String, Long> exact() {
    return exact;
  }

  public Map<String, Long> atLeast() {
    return atLeast;
  }

  public Map<String, Long> atMost() {
    return atMost;
  }

  public List<String> notes() {
    return notes;
  }
}
