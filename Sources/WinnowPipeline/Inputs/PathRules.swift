// Which files of an input folder are pages: `include` and `exclude` of fetch.

/// The globs of `fetch`, ready to be asked for every path.
package struct PathRules: Sendable {
  private let include: [Glob]
  private let exclude: [Glob]

  package init(include: [String], exclude: [String]) {
    self.include = include.map { Glob($0) }
    self.exclude = exclude.map { Glob($0) }
  }

  /// Whether the file at `path`, whose last name begins at `nameStart`, is a page to be read.
  func takesFile(_ path: [UInt8], nameStart: Int) -> Bool {
    include.contains { !$0.matchesFoldersOnly && $0.matches(path, nameStart: nameStart) }
      && !exclude.contains { !$0.matchesFoldersOnly && $0.matches(path, nameStart: nameStart) }
  }

  /// Whether the folder at `path` is to be looked into.
  func takesFolder(_ path: [UInt8], nameStart: Int) -> Bool {
    !exclude.contains { $0.matches(path, nameStart: nameStart) }
  }
}
