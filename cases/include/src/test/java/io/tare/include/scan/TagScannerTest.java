package io.tare.include.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.scan.TagScanner.Token;
import io.tare.probe.allocation.Allocations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagScannerTest {
  private static final String PAGE = """
      <p>desirable esi: < <e <es <!-- plain --> <!--es --> text</p>
      <esi:include src="/a?x=1&amp;y=2" alt='/b' onerror="continue"/>between<esi:remove>no</esi:remove>
      <!--esi <esi:vars>$(HTTP_HOST)</esi:vars> - -- -->after --> <esi:comment text="a > b"/>
      <esi:choose><esi:when test="$(QUERY_STRING{a})=='1'">one</esi:when></esi:choose><esi:try ></esi:try>end<""";

  @Test
  void tagsComeWithTheirAttributesAndTheirPlace() throws Exception {
    TagScanner scanner = scanner("ab<esi:include src='/x?a=1&amp;b=\"2\"' onerror=\"continue\" />");
    assertThat(scanner.next()).isEqualTo(Token.TEXT);
    assertThat(scanner.next()).isEqualTo(Token.TAG);
    assertThat(scanner.tag().name()).isEqualTo("include");
    assertThat(scanner.tag().kind()).isEqualTo(Tag.Kind.EMPTY);
    assertThat(scanner.tag().attribute("src")).contains("/x?a=1&b=\"2\"");
    assertThat(scanner.tag().attribute("onerror")).contains("continue");
    assertThat(scanner.tag().offset()).isEqualTo(2);
    assertThat(scanner.next()).isEqualTo(Token.END);
  }

  @Test
  void hiddenMarkersAreTakenOutAndOtherCommentsStay() {
    assertThat(tokens("a<!--esi b<!-- c -->d<esi:vars>-->e")).containsExactly("text a b<!-- c d",
        "Tag[kind=OPEN, name=vars, attributes={}, offset=21]", "text -->e");
    assertThat(tokens("<!-- a --><!--es--><p>")).containsExactly("text <!-- a --><!--es--><p>");
  }

  /** Every size of chunk, so that every tag is cut at every place. */
  @Test
  void whereTheChunksCutDoesNotMatter() {
    byte[] page = PAGE.getBytes(StandardCharsets.ISO_8859_1);
    List<String> whole = Tokens.of(page, 4_096, page.length);
    assertThat(whole).hasSizeGreaterThan(15);
    for (int chunk = 1; chunk < page.length; chunk++) {
      assertThat(Tokens.of(page, 4_096, chunk)).as("chunks of %d", chunk).isEqualTo(whole);
    }
    for (int buffer = 80; buffer < 300; buffer++) {
      assertThat(Tokens.of(page, buffer, page.length)).as("a buffer of %d", buffer).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<esi:>", "<esi:include src=/x/>", "<esi:include src=\"/x\" <p>", "<esi:include src/>",
      "<esi:1/>", "<esi:include src=\"/x\"alt=\"/y\"/>"})
  void aTagThatCantBeUnderstoodSaysWhy(String page) throws Exception {
    TagScanner scanner = scanner(page);
    assertThat(scanner.next()).isEqualTo(Token.TAG);
    assertThat(scanner.tag().kind()).isEqualTo(Tag.Kind.MALFORMED);
    assertThat(scanner.tag().reason()).contains("esi:");
  }

  @Test
  void aTagThatNeverEndsIsTextBehindItsFirstLetters() {
    assertThat(tokens("a<esi:include src='/x").toString()).contains("not closed at the end", "text include src='/x");
    String endless = "a<esi:include src='" + "x".repeat(5_000);
    assertThat(Tokens.of(endless.getBytes(StandardCharsets.US_ASCII), 64, 10).toString())
        .contains("longer than 64 bytes");
  }

  @Test
  void aPageWithoutTagsCostsNoObject() throws Exception {
    byte[] page = "<p>the residence of a desirable <b>fox</b></p> <!-- x -->\n".repeat(2_000)
        .getBytes(StandardCharsets.US_ASCII);
    ByteArrayInputStream in = new ByteArrayInputStream(page);
    TagScanner scanner = new TagScanner(16_384);
    double bytes = Allocations.perCall(() -> {
      in.reset();
      scanner.reset(in);
      while (scanner.next() != Token.END) {
        if (scanner.textTo() == 0) {
          throw new IllegalStateException("empty text");
        }
      }
    }).bytesPerCall();
    assertThat(bytes).isZero();
  }

  @Test
  void theNeedleIsFoundWhereAPlainSearchFindsIt() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Pattern plain = Pattern.compile("esi(?=:)|(?<=-)esi");
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes = new byte[random.nextInt(600)];
      String letters = run % 2 == 0 ? "esi:-\u00e5\u00ba" : "abcdefgh-i:\u00e5\u00f3";
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) letters.charAt(random.nextInt(letters.length()));
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      Matcher matcher = plain.matcher(new String(bytes, 0, to, StandardCharsets.ISO_8859_1));
      assertThat(Needle.find(bytes, from, to))
          .isEqualTo(matcher.find(Math.min(to, from + 1)) && from < to ? matcher.start() : -1);
    }
  }

  private static List<String> tokens(String page) {
    return Tokens.of(page.getBytes(StandardCharsets.ISO_8859_1), 4_096, 4_096);
  }

  private static TagScanner scanner(String page) {
    TagScanner scanner = new TagScanner(4_096);
    scanner.reset(new ByteArrayInputStream(page.getBytes(StandardCharsets.ISO_8859_1)));
    return scanner;
  }
}
