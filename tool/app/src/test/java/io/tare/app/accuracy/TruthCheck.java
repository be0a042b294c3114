package io.tare.app.accuracy;

import io.tare.cases.faults.launch.RunningFault;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Compares a report with what the program says of itself, within the bounds that Tare promises. */
final class TruthCheck {
  private static final long TOLERANCE = 512 << 10;
  private static final long UNEXPLAINED = 256 << 10;
  /** A heap on huge pages grows by a whole one with the next object, after the program has stated its size, too. */
  private static final long HUGE_PAGE = 2 << 20;
  /** Any other heap grows by a region of 1 MB with the next object, which telling the size allocates: this and the tolerance. */
  private static final long REGION = (1 << 20) - TOLERANCE;

  private TruthCheck() {}

  /** What is out of bounds, a sentence each; empty when all is well. */
  static List<String> violations(Report report, RunningFault truth) {
    Ledger ledger = report.ledger().orElseThrow();
    long rss = ledger.residentBytes();
    List<String> violations = new ArrayList<>();
    List<MappingLine> unexplained = report.mappings().stream().filter(one -> one.account().equals("unexplained"))
        .toList();
    long gone = unexplained.stream().filter(one -> !isMapped(truth.pid(), one.range().start()))
        .mapToLong(MappingLine::residentBytes).sum();
    if (ledger.unexplainedBytes() - gone > Math.max(UNEXPLAINED, rss / 200)) {
      violations
          .add("unexplained " + ledger.unexplainedBytes() / 1024 + " KB of " + rss / 1024 + " KB: " + unexplained);
    }
    // Both keep book of all that they map; elsewhere what a mapping is for may be known by its neighbours only.
    boolean booked = truth.line().containsKey("jdk") || String.valueOf(truth.line().get("fault")).startsWith("go-");
    if (booked && ledger.bytes(Confidence.INFERRED) > Math.max(UNEXPLAINED, rss / 100)) {
      violations.add("inferred " + ledger.bytes(Confidence.INFERRED) / 1024 + " KB");
    }
    long grain = String.valueOf(truth.line().get("fault")).equals("thp") ? HUGE_PAGE : REGION;
    truth.bytes("truth").forEach((accounts, bytes) -> check(accounts, measured(report, accounts), bytes,
        bytes + (accounts.startsWith("heap.") ? grain : 0), violations));
    truth.bytes("atLeast")
        .forEach(
            (accounts, bytes) -> check(accounts, measured(report, accounts), bytes, Long.MAX_VALUE / 2, violations));
    truth.bytes("atMost")
        .forEach((accounts, bytes) -> check(accounts, measured(report, accounts), 0, bytes, violations));
    return violations;
  }

  /**
   * Whether memory is mapped there still. A compiler's arena may come and go while the process is read: its mapping was listed, and by the time
   * malloc was walked nobody owned it any more.
   */
  private static boolean isMapped(long pid, long address) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
      return lines.map(line -> line.substring(0, line.indexOf(' ')).split("-"))
          .anyMatch(range -> Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
              && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0);
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static void check(String accounts, OptionalLong measured, long least, long most, List<String> violations) {
    if (measured.isEmpty()) {
      violations.add(accounts + " is unknown, but the program states it");
      return;
    }
    if (accounts.equals("heap.live") || accounts.equals("heap.garbage")) {
      // Without a collection both are one account: of each it is only known that it is in there.
      most = Long.MAX_VALUE / 2;
    }
    long value = measured.getAsLong();
    if (value < least - Math.max(TOLERANCE, least / 100) || value > most + Math.max(TOLERANCE, most / 100)) {
      violations.add(accounts + " is " + value / 1024 + " KB, but the truth is "
          + (least == most ? least / 1024 + " KB" : least / 1024 + " to " + most / 1024 + " KB"));
    }
  }

  /** The sum of the accounts of {@code a+b}, or one of the scales. */
  private static OptionalLong measured(Report report, String accounts) {
    long sum = 0;
    for (String account : accounts.split("\\+")) {
      OptionalLong bytes = account.startsWith("scales.")
          ? scale(report.scales(), account)
          : OptionalLong.of(account(report, account));
      if (bytes.isEmpty()) {
        return bytes;
      }
      sum += bytes.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  private static OptionalLong scale(Scales scales, String name) {
    return switch (name) {
      case "scales.rssBytes" -> OptionalLong.of(scales.rssBytes());
      case "scales.cgroupUsageBytes" -> scales.group().map(Scales.Group::usageBytes).orElse(OptionalLong.empty());
      case "scales.workingSetBytes" -> scales.group().map(Scales.Group::workingSetBytes).orElse(OptionalLong.empty());
      default -> throw new IllegalArgumentException("no scale is called " + name);
    };
  }

  private static long account(Report report, String id) {
    String booked = id.equals("heap.live") || id.equals("heap.garbage") ? "heap.used" : id;
    return report.ledger().orElseThrow().entries().stream().filter(e -> e.account().id().equals(booked))
        .mapToLong(Entry::residentBytes).sum();
  }
}
