// Wrong rules in configurations, and the line that each gives.

extension ConfigurationCases {
  private static func drop(_ rule: String) -> String {
    withStrip("{\"stage\": \"strip\", \"drop\": [\n\(rule)]}")
  }

  static let rules: [ConfigurationCase] = [
    ConfigurationCase(
      "rules that are no list", withStrip(#"{"stage": "strip", "keep": {"selector": "a"}}"#),
      ["p.json:3:28: strip.keep is an object; give a list, [ ], of an object, { }"]),
    ConfigurationCase(
      "a rule that is no object", drop(#""p""#),
      [#"p.json:4:1: strip.drop[0] is "p"; give an object, { }"#]),
    ConfigurationCase(
      "a rule that names nothing", drop(#"{"hosts": ["example.org"]}"#),
      ["p.json:4:1: strip.drop[0] has none of selector, phrase, regex; give at least one"]),
    ConfigurationCase(
      "an unknown key", drop(#"{"selectors": "p"}"#),
      [
        "p.json:4:1: strip.drop[0] has none of selector, phrase, regex; give at least one",
        #"p.json:4:2: strip.drop[0] has no key "selectors"; did you mean "selector"?"#,
      ]),
    ConfigurationCase(
      "an empty selector", drop(#"{"selector": ""}"#),
      [
        #"p.json:4:14: strip.drop[0].selector is ""; give a selector such as ".share, nav > ul""#
      ]),
    ConfigurationCase(
      "a wrong selector", drop(#"{"selector": "p..a"}"#),
      ["p.json:4:17: strip.drop[0].selector, column 3: found '.'; expected a class"],
      isSeenBySchema: false),
    ConfigurationCase(
      "a selector that ends early", drop(#"{"selector": "[role"}"#),
      [
        "p.json:4:20: strip.drop[0].selector, column 6: found the end; "
          + "expected ']', '=', '~=', '|=', '^=', '$=' or '*='"
      ],
      isSeenBySchema: false),
    ConfigurationCase(
      "a wrong expression after escapes", drop(#"{"regex": "\u00e9\\d\ud83d\ude00é\t(a"}"#),
      [
        "p.json:4:38: strip.drop[0].regex, column 9: found the end; expected ')' for the group"
      ],
      isSeenBySchema: false),
    ConfigurationCase(
      "an expression with a reference back", drop(#"{"regex": "(a)\\1"}"#),
      [
        "p.json:4:17: strip.drop[0].regex, column 5: found '1'; "
          + "expected one of b B d D w W s S n t r u x, or a sign, after the backslash"
      ],
      isSeenBySchema: false),
    ConfigurationCase(
      "a blank phrase", drop(#"{"phrase": " \t"}"#),
      ["p.json:4:12: strip.drop[0].phrase, found no words; expected words to look for"],
      isSeenBySchema: false),
    ConfigurationCase(
      "a wrong host", drop(#"{"phrase": "a", "hosts": ["b.org", "https://a"]}"#),
      [
        "p.json:4:42: strip.drop[0].hosts[1], column 6: found ':'; "
          + "expected a host such as example.org or *.example.org"
      ],
      isSeenBySchema: false),
    ConfigurationCase(
      "no host", drop(#"{"phrase": "a", "hosts": []}"#),
      ["p.json:4:26: strip.drop[0].hosts is empty; give at least one host"]),
    ConfigurationCase(
      "an unknown match", drop(#"{"phrase": "a", "match": "part"}"#),
      [#"p.json:4:26: strip.drop[0].match is "part"; give "contains" or "whole""#]),
  ]
}
