// One page for a subcommand: read from a file, or from standard input for `-`.

import ArgumentParser
import Glibc
import Winnow
import WinnowPipeline

enum PageReader {
  /// The page, unpacked.
  ///
  /// - Parameters:
  ///   - form: What the file holds; `nil` to tell by its name.
  ///   - url: Its address, if the user knows it.
  ///   - limit: Most bytes of the page.
  static func read(
    _ file: PathArgument, form: SavedPage.Form? = nil, url: String?, limit: Int
  ) throws(FetchFailure) -> Page {
    let bytes =
      file.isStandardStream
      ? try InputFile.read(descriptor: STDIN_FILENO, limit: limit).bytes
      : try InputFile.read(
        file.bytes, in: FileCalls.currentFolder, isLink: true, limit: limit
      ).bytes
    var page = try SavedPage.page(bytes, form ?? SavedPage.Form(path: file.bytes))
    if let url { page.url = url }
    return page
  }
}

extension PathArgument {
  /// `-` stands for standard input, or output.
  var isStandardStream: Bool { bytes == Array("-".utf8) }
}

extension SavedPage.Form: ExpressibleByArgument {}
