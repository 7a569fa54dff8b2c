// The tool behind `make bench` and `make same`: one thread, pages in memory, no files written.
//
//   winnow-bench stages ROUNDS   < PAGES     CPU seconds of each step and of the whole, as JSON
//   winnow-bench total ROUNDS    < PAGES     CPU seconds of the whole alone, as JSON
//   winnow-bench sums            < PAGES     a line a page: its path and checksums
//
// PAGES has a path a line; gzip is unpacked while reading, before anything is measured.

import Glibc
import Winnow

@main
enum Bench {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.dropFirst().first.flatMap { Int($0) }) {
    case ("stages", let rounds?) where rounds > 0: Timing(pages: pages()).printStages(rounds)
    case ("total", let rounds?) where rounds > 0: Timing(pages: pages()).printTotal(rounds)
    case ("sums", nil): CheckSums.write()
    default: fail("usage: winnow-bench stages ROUNDS | total ROUNDS | sums   < PATHS")
    }
  }

  private static func pages() -> [Page] {
    var pages: [Page] = []
    while let path = readLine() { pages.append(Page(bytes: unpacked(path))) }
    if pages.isEmpty { fail("no pages: give paths on standard input") }
    return pages
  }

  /// The bytes of a file, unpacked when it is gzip.
  static func unpacked(_ path: String) -> [UInt8] {
    guard let bytes = PageFile.unpacked(path) else { fail("cannot read \(path)") }
    return bytes
  }

  static func fail(_ message: String) -> Never {
    let line = "winnow-bench: \(message)\n"
    _ = line.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
    exit(1)
  }
}
