// The corpora beside the repository that the encoding tests read; absent on most machines.

import CZlib
import Glibc
import Testing

@testable import Winnow

enum EncodingCorpus {
  /// `../shared/corpus` beside the repository root, with a `/` at its end.
  static let root: String = {
    var parts = #filePath.split(separator: "/")
    // Encoding, WinnowTests, Tests and the root itself.
    parts.removeLast(5)
    return "/" + parts.joined(separator: "/") + "/shared/corpus/"
  }()

  static let isPresent = access(root, R_OK) == 0

  /// The bytes of a file of the corpora, decompressed if it is compressed.
  static func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(gzopen(root + path, "rb"), "\(path) cannot be opened")
    defer { gzclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let read = gzread(file, &chunk, UInt32(chunk.count)), read > 0 {
      bytes += chunk[..<Int(read)]
    }
    return bytes
  }

  /// The names in a folder of the corpora, sorted.
  static func names(_ folder: String) throws -> [String] {
    let directory = try #require(opendir(root + folder), "\(folder) cannot be opened")
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

extension TextEncoding {
  /// What `bytes` decode to, and how many errors they hold.
  func text(_ bytes: [UInt8]) -> (text: String, errors: Int) {
    let (utf8, errors) = bytes.withUnsafeBufferPointer { decode($0) }
    return (String(decoding: utf8, as: UTF8.self), errors)
  }
}
