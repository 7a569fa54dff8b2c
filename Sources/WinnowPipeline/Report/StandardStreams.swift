// Standard output and standard error, written with write(2) so that a full disk or a closed pipe is
// an error that the command sees, and never a lost tail or a signal.

internal import Glibc

/// Why a standard stream took no more.
package struct StreamFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package let stream: String
  /// As in `errno`.
  package let code: Int32

  /// Whoever read the stream has closed it, as `head` does: nothing to tell anybody.
  package var isClosedPipe: Bool { code == EPIPE }

  package var description: String { "\(stream): \(String(cString: strerror(code)))" }
}

package enum StandardStreams {
  /// Lets writes to a closed pipe fail in place of ending the process. Once, at the start.
  package static func ignoreClosedPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// Whether standard error is a terminal.
  package static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// How many columns standard output's terminal has; `nil` if it is no terminal.
  package static var outputColumns: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    // 80 where a terminal does not say: what they have had since punched cards.
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }

  /// Whether output to a terminal may be coloured: neither `NO_COLOR` (no-color.org) nor a terminal
  /// without colours is set.
  package static var allowsColor: Bool {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    return (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
  }

  /// Writes data that was asked for; all of it, or it throws.
  package static func writeOutput(_ bytes: [UInt8]) throws(StreamFailure) {
    try write(bytes, to: STDOUT_FILENO, named: "standard output")
  }

  /// Writes one line of text to standard error, in one call where the system allows. That nobody
  /// can read it is no reason to stop.
  package static func errorLine(_ text: String) {
    try? write(Array(text.utf8) + [0x0A], to: STDERR_FILENO, named: "standard error")
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, named stream: String
  ) throws(StreamFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        // Somebody made the stream non-blocking: wait until it takes more.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        throw StreamFailure(stream: stream, code: errno)
      }
    }
  }
}
