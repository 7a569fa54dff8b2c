// Regular expressions and phrases: what they match, and what is said of wrong ones.

import Testing

@testable import Winnow

private struct ExpressionCase: Sendable, CustomTestStringConvertible {
  let pattern: String
  let matching: [String]
  let other: [String]
  var testDescription: String { pattern }

  init(_ pattern: String, _ matching: [String], not other: [String]) {
    self.pattern = pattern
    self.matching = matching
    self.other = other
  }
}

@Suite("Regular expressions and phrases")
struct RegularExpressionTests {
  private func matches(_ pattern: String, _ text: String, whole: Bool = false) throws -> Bool {
    let expression = try RegularExpression(pattern)
    return Array(text.utf8).withUnsafeBufferPointer { expression.matches($0, whole: whole) }
  }

  @Test(
    "An expression is found in a text",
    arguments: [
      ExpressionCase("bc", ["bc", "abcd"], not: ["", "b c", "cb"]),
      ExpressionCase("^bc", ["bcd"], not: ["abc"]),
      ExpressionCase("bc$", ["abc"], not: ["bcd"]),
      ExpressionCase("^$", [""], not: ["a"]),
      ExpressionCase("a|bc|d", ["xbc", "d"], not: ["b", "c"]),
      ExpressionCase("^(a|b)c$", ["ac", "bc"], not: ["abc", "a"]),
      ExpressionCase("^(?:ab)+$", ["ab", "abab"], not: ["", "aba"]),
      ExpressionCase("^ab*c?$", ["a", "abbb", "abc"], not: ["b", "acc"]),
      ExpressionCase("^a{2}$", ["aa"], not: ["a", "aaa"]),
      ExpressionCase("^a{2,}$", ["aa", "aaaaa"], not: ["a"]),
      ExpressionCase("^a{1,3}b$", ["ab", "aaab"], not: ["b", "aaaab"]),
      ExpressionCase("a{,2}", ["a{,2}"], not: ["aa"]),
      ExpressionCase("^(a{2}){2}$", ["aaaa"], not: ["aaa"]),
      ExpressionCase("^.$", ["a", "é", "😀"], not: ["\n", "ab"]),
      ExpressionCase("^[a-cx]$", ["b", "x"], not: ["d", "-"]),
      ExpressionCase("^[^a-c]$", ["d", "é"], not: ["a"]),
      ExpressionCase("^[]a]$", ["]", "a"], not: ["b"]),
      ExpressionCase("^[a-]$", ["-", "a"], not: ["b"]),
      ExpressionCase("^[\\d\\]é-ü]+$", ["1]êü"], not: ["a"]),
      ExpressionCase("^\\d+ \\w+$", ["12 été_1"], not: ["a b"]),
      ExpressionCase("\\S\\s\\S", ["a\u{A0}b", "a\nb"], not: ["ab", " a "]),
      ExpressionCase("^\\D\\W$", ["a."], not: ["1.", "aa"]),
      ExpressionCase("\\bcat\\b", ["a cat.", "cat"], not: ["cats", "écat"]),
      ExpressionCase("\\Bat", ["cat"], not: ["at"]),
      ExpressionCase("\\.\\*\\\\\\/", [".*\\/"], not: ["a*\\/"]),
      ExpressionCase("\\u00e9\\x41\\n", ["éA\n"], not: ["e"]),
      ExpressionCase(
        "(?i)^größe [a-c]$", ["GRÖSSE A".replacing("SS", with: "ß"), "größe b"], not: ["x"]),
      ExpressionCase("^a+?$", ["aaa"], not: ["b"]),
      ExpressionCase("^(a*)*$", ["", "aaa"], not: ["b"]),
      ExpressionCase("(|a)b", ["b", "ab"], not: ["a"]),
      ExpressionCase("^(((){1000}){1000}){1000}a$", ["a"], not: ["b"]),
    ])
  fileprivate func expressions(_ each: ExpressionCase) throws {
    for text in each.matching { #expect(try matches(each.pattern, text), "\(text)") }
    for text in each.other { #expect(try !matches(each.pattern, text), "\(text)") }
  }

  @Test("An expression for the whole text takes no part of it")
  func whole() throws {
    #expect(try matches("a|ab", "ab", whole: true))
    #expect(try !matches("a", "ab", whole: true))
    #expect(try !matches("b", "ab", whole: true))
    #expect(try matches("a*", "", whole: true))
  }

  @Test(
    "What is exponential to others is linear here",
    arguments: ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)(.*)(.*)(.*)x$", "(a{0,50}){0,40}b"])
  func linear(_ pattern: String) throws {
    #expect(try !matches(pattern, String(repeating: "a", count: 300) + "c"))
  }

  @Test(
    "A wrong expression says where and what was expected",
    arguments: [
      ("", "column 1: found the end; expected a regular expression"),
      ("a(b", "column 4: found the end; expected ')'"),
      ("a)b", "column 2: found ')'; expected '(' before"),
      ("*a", "column 1: found '*'; expected something to repeat"),
      ("a**", "column 3: found '*'; expected no second"),
      ("é|+", "column 3: found '+'; expected something to repeat"),
      ("^*", "column 2: found '*'; expected something to repeat"),
      ("[a", "column 3: found the end; expected ']' for the class that starts at column 1"),
      ("[z-a]", "column 2: found 'z'; expected a range"),
      ("a{3,2}", "column 2: found {3,2}; expected a greater"),
      ("a{2001}", "column 3: found '2'; expected at most 1000"),
      ("a{2", "column 4: found the end; expected '}'"),
      ("\\", "column 2: found the end; expected a character"),
      ("(a)\\1", "column 5: found '1'; expected one of b B"),
      ("(?=a)", "column 3: found '='; expected ':'"),
      ("(?<n>a)", "column 3: found '<'; expected ':'"),
      ("\\u00g0", "column 5: found 'g'; expected four"),
      ("(a{1000}){1000}", "column 1: found an expression of more than 5000 steps"),
      (String(repeating: "(", count: 51), "column 51: found '('; expected at most 50 groups"),
      (String(repeating: "a", count: 2001), "column 2001: found a longer expression"),
    ])
  func mistakes(_ pattern: String, _ mistake: String) {
    #expect {
      _ = try RegularExpression(pattern)
    } throws: {
      "\($0)".hasPrefix(mistake)
    }
  }

  @Test(
    "A phrase is found whatever the letter case and white space",
    arguments: [
      ("Read also", "x READ  also y", true, false), ("Read also", "read\nalso", true, true),
      ("Read also", "read\u{A0} also", true, true), ("  Read\talso ", "Read also", true, true),
      ("Read also", " read also ", true, true), ("Read also", "readalso", false, false),
      ("aab", "aaab", true, false), ("É", "é", false, false), ("é.", "é.", true, true),
      ("Read also", "read als", false, false), ("Â©", "Â©", true, true), ("©", "©", true, true),
    ])
  func phrases(_ phrase: String, _ text: String, _ isIn: Bool, _ isWhole: Bool) throws {
    let phrase = try Phrase(phrase)
    Array(text.utf8).withUnsafeBufferPointer { text in
      #expect(phrase.matches(text, whole: false) == isIn)
      #expect(phrase.matches(text, whole: true) == isWhole)
    }
  }

  @Test("A blank phrase is a mistake", arguments: ["", " \n", "\u{A0}"])
  func blankPhrase(_ text: String) {
    #expect(throws: RuleMistake.self) { try Phrase(text) }
  }
}
