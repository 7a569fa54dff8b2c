// What the files are called that hold many documents, and where they are made.

internal import Winnow

/// How the files of JSON lines are packed.
package enum ShardPacking: String, Sendable, CaseIterable {
  case none, gzip, zstd

  var fileExtension: String {
    switch self {
    case .none: ""
    case .gzip: ".gz"
    case .zstd: ".zst"
    }
  }
}

enum ShardNames {
  /// Where files of rows are made, and the rows of a run wait, below the output folder.
  static let workshop = Array(".winnow/rows".utf8)

  static func workshop(_ id: Int64) -> [UInt8] { workshop + Array("/\(id)".utf8) }

  /// What the names of a format's files begin with.
  private static func stem(_ format: OutputFormat) -> String {
    format == .csv ? "metadata-" : "documents-"
  }

  /// - Parameter number: From 1.
  static func name(_ format: OutputFormat, _ number: Int, _ packing: ShardPacking) -> [UInt8] {
    let digits = String(number)
    let padding = String(repeating: "0", count: max(5 - digits.count, 0))
    return Array(
      "\(stem(format))\(padding)\(digits).\(format.fileExtension)\(packing.fileExtension)".utf8)
  }

  /// Whether a name in the output folder is one that `name` gives.
  static func isShard(_ name: [UInt8]) -> Bool {
    OutputFormat.allCases.contains { format in
      guard format.isRow, name.starts(with: stem(format).utf8) else { return false }
      let rest = name.dropFirst(stem(format).utf8.count)
      let digits = rest.prefix { 0x30...0x39 ~= $0 }
      let end = String(decoding: rest.dropFirst(digits.count), as: UTF8.self)
      return digits.count >= 5
        && ShardPacking.allCases.contains { end == ".\(format.fileExtension)\($0.fileExtension)" }
    }
  }

  static func packing(of format: OutputFormat, _ options: EmitOptions) -> ShardPacking {
    format == .jsonl ? options.packing : .none
  }
}
