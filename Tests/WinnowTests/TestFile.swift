// Files that stand beside the tests.

enum TestFile {
  /// The bytes of a file beside the test that asks; empty if there is none.
  static func bytes(_ path: String, from source: String = #filePath) -> [UInt8] {
    let folder = source.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return fileBytes((folder + [Substring(path)]).joined(separator: "/"))
  }
}
