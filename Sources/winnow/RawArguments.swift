// The command's arguments without loss: argv's bytes in, strings for the parser out, and back.
//
// Names of files are bytes, and need not be UTF-8; the argument parser wants strings, and Swift's own
// `CommandLine.arguments` puts U+FFFD where bytes have no meaning. Here each such byte becomes a
// private-use character of its own, which `PathArgument` turns back.

import ArgumentParser

enum RawArguments {
  /// The arguments behind the command's name.
  static func strings() -> [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { argument in
        string(Array(UnsafeBufferPointer(start: argument, count: length(argument))))
      }
    }
  }

  private static func length(_ argument: UnsafePointer<CChar>) -> Int {
    var end = 0
    while argument[end] != 0 { end += 1 }
    return end
  }

  private static func string(_ argument: [CChar]) -> String {
    string(argument.map { UInt8(bitPattern: $0) })
  }

  /// The byte 0x80 as a character, the others above it: the end of the last private-use plane.
  private static let escapes: ClosedRange<UInt32> = 0x10FF00...0x10FF7F

  /// Bytes as a string, such that `bytes(of:)` gives them back.
  ///
  /// A character that is itself one of the escapes has its bytes escaped, so that nothing else can
  /// be taken for one.
  static func string(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var at = 0
    while true {
      let length: Int
      switch parser.parseScalar(from: &rest) {
      case .emptyInput:
        return String(text)
      case .valid(let encoded):
        length = encoded.count
        let scalar = Unicode.UTF8.decode(encoded)
        if !escapes.contains(scalar.value) {
          text.append(scalar)
          at += length
          continue
        }
      case .error(let invalid):
        length = invalid
      }
      // All are 0x80 or above: ASCII is never part of what is escaped.
      text += bytes[at..<(at + length)].compactMap {
        Unicode.Scalar(escapes.lowerBound + UInt32($0 & 0x7F))
      }
      at += length
    }
  }

  static func bytes(of string: String) -> [UInt8] {
    string.unicodeScalars.flatMap { scalar -> [UInt8] in
      escapes.contains(scalar.value)
        ? [UInt8(scalar.value - escapes.lowerBound) | 0x80] : Array(String(scalar).utf8)
    }
  }
}

/// A path on the command line, as bytes.
struct PathArgument: ExpressibleByArgument, Equatable {
  let bytes: [UInt8]

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    bytes = RawArguments.bytes(of: argument)
  }
}
