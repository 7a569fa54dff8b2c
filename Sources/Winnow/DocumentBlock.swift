// One block of a document: its text, its role, the structure around it and the marks inside it.

/// What part a block plays in the document.
public enum Role: String, Sendable, Equatable, CaseIterable, Codable {
  case title, byline, date, caption, heading, body
  case listItem = "list item"
  case tableCell = "table cell"
  case code, quote, comment
  /// A line between two parts (`hr`), without text; only where pages are taken whole.
  case rule
}

/// A run of inline content between block-level boundaries.
public struct DocumentBlock: Sendable, Equatable {
  public var role: Role
  /// Plain text, white space collapsed; `\n` stands only where the page breaks the line
  /// (`<br>`, or preformatted text).
  public var text: String
  /// Links, emphasis, inline code and images inside `text`, sorted by start; of two that start
  /// together the longer comes first, so that they nest.
  public var marks: [InlineMark]
  /// The quotes, lists and tables the block stands in, outermost first.
  public var containers: [Container]
  /// `1...6` for headings and titles, else `0`.
  public var headingLevel: Int
  /// The programming language that a code block names, if it does.
  public var codeLanguage: String?

  public init(
    role: Role, text: String, marks: [InlineMark] = [], containers: [Container] = [],
    headingLevel: Int = 0, codeLanguage: String? = nil
  ) {
    self.role = role
    self.text = text
    self.marks = marks
    self.containers = containers
    self.headingLevel = headingLevel
    self.codeLanguage = codeLanguage
  }
}

/// A span of a block's text with a meaning of its own.
public struct InlineMark: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Its address, and the text that browsers show beside the pointer.
    case link(String, title: String? = nil)
    case emphasis, strong, code, strikethrough, lowered, raised
    /// A line that was found to be residue and left in the text.
    case residue(ResidueKind)
    /// An image; its range is empty and stands where the image stood.
    case image(source: String, alternative: String, title: String? = nil)
  }
  public var kind: Kind
  /// UTF-8 offsets into the block's text, on character boundaries.
  public var range: Range<Int>

  public init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// An element around a block that gives it structure.
///
/// `identity` is the same for two blocks exactly when they stand in the same element of the page.
public struct Container: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case quote
    /// A list; `start` is its first number, `nil` if it is not ordered. It is loose when its items
    /// hold paragraphs of their own.
    case list(start: Int?, isLoose: Bool = false)
    case item
    /// A term and its explanation in a definition list.
    case term, definition
    /// A table of data; tables that only lay out a page do not appear.
    case table
    case row
    /// `columns` is how many it covers, `column` the first of them, from 0; `nil` for the one behind
    /// the cell before.
    case cell(isHeader: Bool, columns: Int, column: Int? = nil)
  }
  public var kind: Kind
  public var identity: Int32

  public init(_ kind: Kind, identity: Int32) {
    self.kind = kind
    self.identity = identity
  }
}
