// Chromium for tests: a file in, the page as the browser holds it out.

import Foundation
import Testing

/// Chromium without a window.
enum Browser {
  static let executable: URL? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].lazy
      .flatMap { name in folders.map { URL(fileURLWithPath: "\($0)/\(name)") } }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// The page as the browser holds it once it has loaded, written as HTML.
  static func load(_ file: String, in folder: URL) throws -> String {
    let outcome = try CommandRunner.run(
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
        "--dump-dom", "file://\(folder.path)/\(file)",
      ], in: folder, executable: try #require(executable))
    return outcome.outputText
  }
}
