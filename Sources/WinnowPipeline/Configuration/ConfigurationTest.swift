// The `tests` of pipeline.json: pages, and phrases that must and must not stand in their documents.
// They run with `winnow check --tests`, never by themselves.

internal import Winnow

/// One entry of `tests`, checked.
package struct ConfigurationTest: Sendable, Equatable {
  /// A text, and where in the file it stands.
  package struct Place: Sendable, Equatable {
    package var text: [UInt8]
    /// In bytes.
    package var offset: Int
  }

  /// The page's file.
  package var page: Place
  package var url: String?
  package var has: [Place]
  package var lacks: [Place]

  /// A list of objects with these keys.
  package static let kind = ValueKind.list(
    of: .rule(keys, oneOf: ["has", "lacks"]), atLeast: 0, isUnique: false)

  package static let keys: [KeyFacts] = [
    KeyFacts(
      name: "page", kind: .text(.path),
      help: "A saved page. A relative path starts at the folder of the configuration file.",
      defaultValue: nil),
    KeyFacts(
      name: "url", kind: .text(.address),
      help: "The address of the page, for rules with `hosts`.", defaultValue: nil,
      isOptional: true),
    KeyFacts(
      name: "has", kind: .list(of: .text(.phrase), atLeast: 1, isUnique: true),
      help:
        "Texts that must stand in the page's document; the amount of white space does not matter.",
      defaultValue: nil, isOptional: true),
    KeyFacts(
      name: "lacks", kind: .list(of: .text(.phrase), atLeast: 1, isUnique: true),
      help: "Texts that must not.", defaultValue: nil, isOptional: true),
  ]

  /// - Parameter object: One that the checker has passed.
  init?(_ object: JSONValue) {
    guard let page = object["page"].flatMap(Place.init) else { return nil }
    self.page = page
    url = object["url"]?.string
    has = (object["has"]?.array ?? []).compactMap(Place.init)
    lacks = (object["lacks"]?.array ?? []).compactMap(Place.init)
  }
}

extension ConfigurationTest.Place {
  fileprivate init?(_ value: JSONValue) {
    guard let string = value.string else { return nil }
    text = Array(string.utf8)
    offset = value.range.lowerBound
  }
}

extension PipelineConfiguration {
  /// Runs the tests and tells what does not hold, each by its place in the file.
  ///
  /// - Parameter file: The configuration's name, for messages.
  package func failedTests(file: String) -> [ConfigurationMistake] {
    let chain = PageChain(self)
    var mistakes: [ConfigurationMistake] = []
    for (index, test) in tests.enumerated() {
      func add(_ reason: ConfigurationMistake.Reason, _ key: String, at offset: Int) {
        mistakes.append(
          ConfigurationMistake(
            file: file, position: TextPosition(of: offset, in: text),
            key: "tests[\(index)].\(key)", reason: reason))
      }
      let page = EscapedPath(test.page.text).description
      let document: [UInt8]
      do {
        document = Self.collapsed(OutputFormat.text.render(try chain.document(of: test)))
      } catch let failure as any RecordedReason {
        add(.noDocument(page: page, failure.description), "page", at: test.page.offset)
        continue
      } catch {
        add(.noDocument(page: page, "\(error)"), "page", at: test.page.offset)
        continue
      }
      func look(_ places: [ConfigurationTest.Place], _ key: String, isWanted: Bool) {
        for (number, place) in places.enumerated()
        where Self.holds(document, Self.collapsed(place.text)) != isWanted {
          let phrase = String(decoding: place.text, as: UTF8.self)
          add(
            isWanted ? .phraseMissing(phrase, page: page) : .phraseFound(phrase, page: page),
            "\(key)[\(number)]", at: place.offset)
        }
      }
      look(test.has, "has", isWanted: true)
      look(test.lacks, "lacks", isWanted: false)
    }
    return mistakes
  }

  /// Runs of white space as one space each, none at the ends.
  private static func collapsed(_ text: [UInt8]) -> [UInt8] {
    Array(
      text.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.joined(separator: [0x20]))
  }

  private static func holds(_ text: [UInt8], _ phrase: [UInt8]) -> Bool {
    guard let first = phrase.first, text.count >= phrase.count else { return phrase.isEmpty }
    return text.indices.dropLast(phrase.count - 1).contains { start in
      text[start] == first && text[start..<(start + phrase.count)].elementsEqual(phrase)
    }
  }
}
