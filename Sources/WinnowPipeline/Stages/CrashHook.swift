// For tests of what happens after a crash: a page that ends the process.

internal import Glibc
internal import Winnow

/// Makes pages deadly when the environment says so; otherwise nothing.
///
/// `WINNOW_TEST_CRASH=SIGNAL:TEXT` sends the process the signal of that number when `strip` gets a
/// page that holds the text, or before a container is opened whose path is `file:` and the text.
enum CrashHook {
  static let variable = "WINNOW_TEST_CRASH"

  /// - Returns: `nil` without the variable.
  static func fromEnvironment() -> (@Sendable (Page) -> Void)? {
    guard let (signal, text) = order, !text.isEmpty else { return nil }
    return { page in
      let starts = page.bytes.indices.dropLast(text.count - 1)
      if starts.contains(where: { page.bytes[$0...].starts(with: text) }) { die(signal) }
    }
  }

  static func meet(container: PagePath) {
    guard let (signal, text) = order, text == Array("file:".utf8) + container.bytes else { return }
    die(signal)
  }

  private static let order: (signal: Int32, text: [UInt8])? = {
    guard let value = getenv(variable).map({ String(cString: $0) }),
      let colon = value.firstIndex(of: ":"), let signal = Int32(value[..<colon])
    else { return nil }
    return (signal, Array(value[value.index(after: colon)...].utf8))
  }()

  private static func die(_ signal: Int32) {
    kill(getpid(), signal)
    while true { pause() }
  }
}
