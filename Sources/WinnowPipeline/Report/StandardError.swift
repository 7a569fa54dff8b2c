// Standard error: whole lines, and on a terminal one line at the bottom that changes.

internal import Glibc
internal import Synchronization

/// The process's standard error. May be used from many threads; lines never mix.
///
/// Errors of the writing itself are ignored: there is nowhere left to tell them.
package final class StandardError: Sendable {
  package let isTerminal: Bool
  /// Whether the changing line is on the screen now. The lock is held across the write, which is
  /// what keeps lines whole.
  private let showsStatus = Mutex(false)

  package init() {
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Writes lines, each of which must be safe to show.
  package func write(lines: String) {
    showsStatus.withLock { shows in
      let text = (shows ? Self.eraseLine : "") + lines + "\n"
      shows = false
      try? FileCalls.write(Array(text.utf8), to: STDERR_FILENO)
    }
  }

  /// Shows a line in place of the one before, cut to the width of the terminal; nothing if standard
  /// error is no terminal.
  ///
  /// - Parameter text: ASCII, so that its bytes are its columns. Empty to erase the line.
  package func show(status text: String) {
    guard isTerminal else { return }
    showsStatus.withLock { shows in
      if text.isEmpty && !shows { return }
      let visible = text.utf8.prefix(Self.columns - 1)
      try? FileCalls.write(Array(Self.eraseLine.utf8) + visible, to: STDERR_FILENO)
      shows = !text.isEmpty
    }
  }

  /// To the first column, and erase to the end of the line (ECMA-48, EL).
  private static let eraseLine = "\r\u{1B}[K"

  private static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
