// A folder for one test, with names as bytes: made anew, removed with everything in it at the end.

import Glibc
import Testing

@testable import WinnowPipeline

final class ScratchFolder: Sendable {
  let path: [UInt8]

  init() throws {
    var template = Array("/tmp/winnow-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = template.dropLast().map { UInt8(bitPattern: $0) }
  }

  deinit {
    _ = try? Shell.run("chmod -R u+rwX '\(text)'; rm -rf '\(text)'")
  }

  var text: String { String(decoding: path, as: UTF8.self) }

  /// The path of something below the folder.
  func path(_ below: [UInt8]) -> [UInt8] { path + [0x2F] + below }
  func path(_ below: String) -> [UInt8] { path(Array(below.utf8)) }

  /// Writes a file, making the folders above it.
  func write(_ bytes: [UInt8], to below: [UInt8]) throws {
    let folder = try root()
    if let slash = below.lastIndex(of: 0x2F) { try makeFolders(Array(below[..<slash])) }
    let file = try FileCalls.open(
      below, in: folder.raw, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
    try FileCalls.write(bytes, to: file.raw)
  }

  func write(_ text: String, to below: String) throws {
    try write(Array(text.utf8), to: Array(below.utf8))
  }

  /// Makes a folder and those above it; works for paths of any length.
  func makeFolders(_ below: [UInt8]) throws {
    var folder = try root()
    for name in below.split(separator: 0x2F) {
      try makeFolder(Array(name), in: folder.raw)
      let next = try FileCalls.open(Array(name), in: folder.raw, flags: O_RDONLY | O_DIRECTORY)
      folder = consume next
    }
  }

  func link(_ below: String, to target: String) throws {
    let place = String(decoding: path(below), as: UTF8.self)
    try #require(symlink(target, place) == 0)
  }

  func read(_ below: [UInt8]) throws -> [UInt8] {
    let folder = try root()
    return try InputFile.read(below, in: folder.raw, isLink: false, limit: 1 << 30).bytes
  }

  func read(_ below: String) throws -> String {
    String(decoding: try read(Array(below.utf8)), as: UTF8.self)
  }

  /// The paths of all files below a folder, sorted; without those of the run's own folder.
  func files(below folder: String = "") throws -> [[UInt8]] {
    let root = InputRoot(
      folder: SharedDescriptor(
        try FileCalls.open(path(folder), in: FileCalls.currentFolder, flags: O_RDONLY)),
      path: path, fileName: nil, label: [])
    var found: [[UInt8]] = []
    var walk = FolderWalk(root, rules: PathRules(include: ["*"], exclude: []), output: nil) {
      if case .page(_, let page) = $0 { found.append(page.bytes) }
      return true
    }
    _ = walk.run()
    return found.filter { !$0.starts(with: ".winnow/".utf8) }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }

  private func root() throws -> Descriptor {
    try FileCalls.open(path, in: FileCalls.currentFolder, flags: O_RDONLY | O_DIRECTORY)
  }

  private func makeFolder(_ name: [UInt8], in folder: CInt) throws {
    do {
      try FileCalls.makeFolder(name, in: folder)
    } catch  where error.code == EEXIST {
    }
  }
}

enum Shell {
  /// Runs a script in `sh`; returns its exit status.
  @discardableResult
  static func run(_ script: String) throws -> Int32 {
    var process = pid_t()
    let arguments = ["sh", "-c", script].map { (text: String) in strdup(text) }
    defer { for argument in arguments { free(argument) } }
    try #require(
      posix_spawn(&process, "/bin/sh", nil, nil, arguments + [nil], environ) == 0)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { try #require(errno == EINTR) }
    return (status >> 8) & 0xFF
  }
}
