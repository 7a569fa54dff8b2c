// One page for a subcommand: read from a file, or from standard input for `-`.

import Glibc
import WinnowPipeline

enum PageReader {
  /// The page's bytes, unpacked.
  ///
  /// - Parameter limit: Most bytes of the page.
  static func read(_ file: PathArgument, limit: Int) throws(FetchFailure) -> [UInt8] {
    if file.isStandardStream {
      return try InputFile.read(descriptor: STDIN_FILENO, limit: limit).bytes
    }
    return try InputFile.read(
      file.bytes, in: FileCalls.currentFolder, isLink: true, limit: limit
    ).bytes
  }
}

extension PathArgument {
  /// `-` stands for standard input, or output.
  var isStandardStream: Bool { bytes == Array("-".utf8) }
}
