// Which files of an input folder are pages: `include` and `exclude` of fetch.

/// The globs of `fetch`, ready to be asked for every path.
package struct PathRules: Sendable {
  private let include: [Glob]
  private let exclude: [Glob]
  /// Whether folders that saving programs put beside pages are looked into.
  let readsCompanions: Bool

  package init(include: [String], exclude: [String], readsCompanions: Bool = true) {
    self.readsCompanions = readsCompanions
    self.include = include.map { Glob($0) }
    self.exclude = exclude.map { Glob($0) }
  }

  package init(_ options: FetchOptions) {
    self.init(
      include: options.include, exclude: options.exclude, readsCompanions: options.companions)
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
