// What becomes of a block, and by whom: the words in which a choice is told.

/// Whether a block is part of the document, and what decided it.
enum Decision: Sendable, Equatable {
  enum Keeper: Sendable, Equatable {
    case model
    /// An option that asks for what the model drops, such as `comments` or `captions`.
    case option
    /// A rule of the user, by its place in `strip.keep`, from 0.
    case rule(Int32)
    /// The text stands only in the page's data, and the page shows too little.
    case data
  }

  enum Dropper: Sendable, Equatable {
    case model
    /// The same text stands in another block, likelier to be content; its place among the page's.
    case copy(of: Int32)
    /// It belongs to another article than the one that the page is about.
    case otherArticle
    /// An option that leaves out what plays this part.
    case role
    /// Nothing but residue.
    case residue
    /// A rule of the user, by its place in `strip.drop`, from 0.
    case rule(Int32)
    /// The markup says that it stands in for something else, and it was not asked for.
    case markup
  }

  case kept(by: Keeper)
  case dropped(by: Dropper)

  var isKept: Bool {
    if case .kept = self { true } else { false }
  }

  /// Did a rule of the user decide?
  var isByRule: Bool {
    switch self {
    case .kept(.rule), .dropped(.rule): true
    default: false
    }
  }

  /// A short stable word for what decided.
  var reason: String {
    switch self {
    case .kept(.model), .dropped(.model): "model"
    case .kept(.option): "option"
    case .kept(.rule), .dropped(.rule): "rule"
    case .kept(.data): "data"
    case .dropped(.copy): "copy"
    case .dropped(.otherArticle): "other article"
    case .dropped(.role): "role"
    case .dropped(.residue): "residue"
    case .dropped(.markup): "markup"
    }
  }
}
