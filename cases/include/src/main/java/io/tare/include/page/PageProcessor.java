package io.tare.include.page;

import io.tare.include.expression.Condition;
import io.tare.include.expression.NotACondition;
import io.tare.include.fragment.Address;
import io.tare.include.http.HttpError;
import io.tare.include.scan.Tag;
import io.tare.include.scan.TagScanner;
import io.tare.include.scan.TagScanner.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Walks through the tokens of one page or fragment and hands its parts to a sink. */
public final class PageProcessor {
  private static final String PAGE = "";

  private final TagScanner scanner;
  private final Includes includes;
  private final List<Address> chain;
  private int open;

  PageProcessor(TagScanner scanner, Includes includes, List<Address> chain) {
    this.scanner = scanner;
    this.includes = includes;
    this.chain = List.copyOf(chain);
  }

  /** Assembles the page that the scanner was set to. Blocks while the output does. */
  void assemble(OutputStream out) throws IOException {
    Assembly assembly = new Assembly(out, includes.limits());
    boolean complete = false;
    try {
      inside(PAGE, assembly);
      assembly.finish();
      complete = true;
    } finally {
      if (!complete) {
        assembly.abandon();
      }
    }
  }

  /** Everything up to the element's closing tag. */
  private void inside(String element, Sink sink) throws IOException {
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (token == Token.TEXT) {
        sink.text(scanner.bytes(), scanner.textFrom(), scanner.textTo());
      } else if (scanner.tag().closes(element)) {
        return;
      } else {
        tag(scanner.tag(), sink);
      }
    }
    if (!element.equals(PAGE)) {
      problem("<esi:" + element + "> is not closed at the end of the page");
    }
  }

  private void tag(Tag tag, Sink sink) throws IOException {
    if (tag.kind() == Tag.Kind.MALFORMED) {
      problem(tag.reason());
    } else if (tag.kind() == Tag.Kind.CLOSE) {
      // </esi:include> and </esi:comment> may follow their tag; any other one has no beginning.
      if (!tag.name().equals("include") && !tag.name().equals("comment")) {
        problem("</esi:" + tag.name() + "> closes nothing");
      }
    } else if (tag.name().equals("include")) {
      includes.include(Include.of(tag, chain.getLast().toString()), chain, sink);
    } else if (tag.kind() == Tag.Kind.OPEN) {
      element(tag, sink);
    } else if (!tag.name().equals("comment") && !tag.name().equals("vars") && !tag.name().equals("remove")) {
      problem("<esi:" + tag.name() + "/> is not known");
    }
  }

  private void element(Tag tag, Sink sink) throws IOException {
    if (++open > includes.limits().elements()) {
      throw new HttpError(502,
          "elements are nested deeper than " + includes.limits().elements() + " in " + chain.getLast());
    }
    switch (tag.name()) {
      case "remove" -> skip("remove");
      case "comment" -> skip("comment");
      case "vars" -> vars(new ExpandingSink(sink, includes.request().variables()));
      case "try" -> tryElement(sink);
      case "choose" -> chooseElement(sink);
      default -> problem("<esi:" + tag.name() + "> is not known here");
    }
    open--;
  }

  private void vars(Sink sink) throws IOException {
    inside("vars", sink);
    sink.end();
  }

  /** The attempt, or what is to stand in its place when one of its includes fails. */
  private void tryElement(Sink sink) throws IOException {
    boolean failed = false;
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      Tag tag = scanner.tag();
      if (token == Token.TAG && tag.closes("try")) {
        return;
      } else if (token == Token.TAG && tag.opens("attempt")) {
        failed = !attempt(sink);
      } else if (token == Token.TAG && tag.opens("except")) {
        branch("except", failed, sink);
        failed = false;
      } else {
        onlyBlanks(token, "try");
      }
    }
    problem("<esi:try> is not closed at the end of the page");
  }

  private boolean attempt(Sink sink) throws IOException {
    BoundedBytes bytes = new BoundedBytes(includes.limits().blockBytes());
    Assembly attempt = new Assembly(bytes, includes.limits());
    inside("attempt", attempt);
    attempt.finish();
    if (!attempt.anyFailed()) {
      sink.whole(bytes.toBytes());
    }
    return !attempt.anyFailed();
  }

  /** The first branch whose test holds, else the other one. */
  private void chooseElement(Sink sink) throws IOException {
    boolean chosen = false;
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      Tag tag = scanner.tag();
      if (token == Token.TAG && tag.closes("choose")) {
        return;
      } else if (token == Token.TAG && tag.opens("when")) {
        boolean holds = !chosen && holds(tag);
        chosen |= holds;
        branch("when", holds, sink);
      } else if (token == Token.TAG && tag.opens("otherwise")) {
        branch("otherwise", !chosen, sink);
        chosen = true;
      } else {
        onlyBlanks(token, "choose");
      }
    }
    problem("<esi:choose> is not closed at the end of the page");
  }

  private boolean holds(Tag when) {
    try {
      return Condition.holds(when.attribute("test").orElse(""), includes.request().variables());
    } catch (NotACondition e) {
      problem(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void branch(String element, boolean taken, Sink sink) throws IOException {
    if (taken) {
      inside(element, sink);
    } else {
      skip(element);
    }
  }

  /** Reads over an element, and over elements of the same name inside of it. */
  private void skip(String element) throws IOException {
    int depth = 1;
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (token == Token.TAG) {
        depth += scanner.tag().opens(element) ? 1 : scanner.tag().closes(element) ? -1 : 0;
        if (depth == 0) {
          return;
        }
      }
    }
    problem("<esi:" + element + "> is not closed at the end of the page");
  }

  private void onlyBlanks(Token token, String element) {
    if (token == Token.TAG) {
      problem("<esi:" + scanner.tag().name() + "> does not belong into <esi:" + element + ">");
      return;
    }
    for (int at = scanner.textFrom(); at < scanner.textTo(); at++) {
      if (!Character.isWhitespace(scanner.bytes()[at])) {
        problem("text in <esi:" + element + "> outside of its branches is left out");
        return;
      }
    }
  }

  private void problem(String message) {
    includes.problems().add(chain.getLast() + " at byte " + scanner.tag().offset(), message);
  }
}
