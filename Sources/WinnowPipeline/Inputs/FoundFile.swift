// What the walk finds: where a page is, before it is opened.

/// A page's file.
package struct FoundFile: Sendable {
  package let root: SharedDescriptor
  /// The path below `root`, to open it.
  package let path: [UInt8]
  /// Whether the name is a link, which may be followed to a file.
  package let isLink: Bool
  /// Standard input, when that is the file.
  var piped: PipedInput?
  /// What its first bytes tell, when it was named by the user and its name does not tell.
  var told: ContainerKind?

  package init(root: SharedDescriptor, path: [UInt8], isLink: Bool) {
    self.root = root
    self.path = path
    self.isLink = isLink
  }

  /// What kind of container it is, if it is one.
  package var container: ContainerKind? {
    if let piped { piped.form.container } else { ContainerKind(path: path) ?? told }
  }
}

/// Which page it is: its path below the input, behind the input's label if there are several.
///
/// Names the page in reports and places its document below the output folder; no two pages of a
/// run share one.
package struct PagePath: Sendable, Hashable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }
}
