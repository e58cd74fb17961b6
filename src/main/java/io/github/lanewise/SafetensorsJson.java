package io.github.lanewise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * As much JSON as the header of a safetensors file may contain: objects, strings, lists of
 * integers. The caller knows what comes next and asks for it, so nothing recurses, and a value of
 * another kind is refused at its first character, however deep it goes on.
 */
final class SafetensorsJson {
  /** Integers of up to 18 digits fit a long; no size in a file needs more. */
  private static final int MAX_DIGITS = 18;

  private final String text;
  private final Function<String, IOException> complaint;
  private int at;

  /** Reads the value of one member of an object. */
  interface Member {
    void read(String key) throws IOException;
  }

  /**
   * A reader at the start of a text.
   *
   * @param complaint makes an exception of what is wrong
   */
  SafetensorsJson(String text, Function<String, IOException> complaint) {
    this.text = text;
    this.complaint = complaint;
  }

  /** Reads an object. No key occurs twice. */
  void readObject(Member member) throws IOException {
    expect('{');
    if (accept('}')) {
      return;
    }
    Set<String> keys = new HashSet<>();
    do {
      String key = readString();
      if (!keys.add(key)) {
        throw unexpected("a second \"" + key + "\"");
      }
      expect(':');
      member.read(key);
    } while (accept(','));
    expect('}');
  }

  /** Reads a list of integers, each 0 or more. */
  List<Long> readIntegers() throws IOException {
    List<Long> integers = new ArrayList<>();
    expect('[');
    if (accept(']')) {
      return integers;
    }
    do {
      integers.add(readInteger());
    } while (accept(','));
    expect(']');
    return integers;
  }

  /** Reads a string. */
  String readString() throws IOException {
    expect('"');
    StringBuilder string = new StringBuilder();
    boolean escapes = false;
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw unexpected("a control character in a string");
      }
      escapes |= c == '\\';
      string.append(c == '\\' ? readEscape() : c);
    }
    // The text is well-formed UTF-8: only an escape can put half a pair into it.
    if (escapes && !StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
      throw unexpected("half a surrogate pair in a string");
    }
    return string.toString();
  }

  /** That nothing follows, except for the spaces that a header is padded with. */
  void expectPaddingOnly() throws IOException {
    while (at < text.length()) {
      if (next() != ' ') {
        throw unexpected("something other than spaces behind the last }");
      }
    }
  }

  private long readInteger() throws IOException {
    skipWhitespace();
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - begin;
    if (digits == 0 || digits > MAX_DIGITS || (digits > 1 && text.charAt(begin) == '0')) {
      throw unexpected("must be an integer, 0 or more, of at most " + MAX_DIGITS + " digits");
    }
    return Long.parseLong(text, begin, at, 10);
  }

  private char readEscape() throws IOException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> readCodeUnit();
      default -> throw unexpected("\\" + c + " is no escape");
    };
  }

  private char readCodeUnit() throws IOException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char digit = next();
      if (!HexFormat.isHexDigit(digit)) {
        throw unexpected("four hexadecimal digits must follow \\u");
      }
      unit = unit << 4 | HexFormat.fromHexDigit(digit);
    }
    return (char) unit;
  }

  private char next() throws IOException {
    if (at == text.length()) {
      throw unexpected("must not end yet");
    }
    return text.charAt(at++);
  }

  private void expect(char c) throws IOException {
    if (!accept(c)) {
      throw unexpected("must be " + c);
    }
  }

  private boolean accept(char c) {
    skipWhitespace();
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void skipWhitespace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IOException unexpected(String what) {
    return complaint.apply("header, character " + at + ": " + what);
  }
}
