// Messages over a socket: a length and so many bytes, with a deadline.

internal import Glibc

extension FileCalls {
  /// Two ends of a connection between processes, to be owned; neither is kept by programs that are
  /// started.
  static func socketPair() throws(SystemError) -> (ours: CInt, theirs: CInt) {
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .last }
    return (ends[0], ends[1])
  }
}

enum FrameCalls {
  /// - Parameter deadline: Nanoseconds of the monotonic clock.
  /// - Returns: `false` when the other end is gone or the deadline has passed.
  static func send(_ bytes: [UInt8], to socket: CInt, until deadline: UInt64) -> Bool {
    let head = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
    return sendAll(head, to: socket, until: deadline)
      && sendAll(bytes, to: socket, until: deadline)
  }

  /// - Returns: `nil` when the other end is gone or the deadline has passed.
  static func receive(from socket: CInt, until deadline: UInt64) -> [UInt8]? {
    guard let head = receiveAll(8, from: socket, until: deadline) else { return nil }
    let count = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    // No page or document is longer; another number is no length.
    guard count < 1 << 36 else { return nil }
    return receiveAll(Int(count), from: socket, until: deadline)
  }

  static let forever = UInt64.max

  /// Whether the other end is gone.
  static func isClosed(_ socket: CInt) -> Bool {
    var poll = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    Glibc.poll(&poll, 1, 0)
    return poll.revents & Int16(POLLHUP | POLLERR) != 0
  }

  private static func sendAll(_ bytes: [UInt8], to socket: CInt, until deadline: UInt64) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(
          socket, $0.baseAddress.map { $0 + sent }, $0.count - sent,
          CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
      }
      if count > 0 {
        sent += count
      } else if errno == EAGAIN || errno == EINTR {
        guard wait(for: POLLOUT, socket, until: deadline) else { return false }
      } else {
        return false
      }
    }
    return true
  }

  private static func receiveAll(
    _ count: Int, from socket: CInt, until deadline: UInt64
  ) -> [UInt8]? {
    var isWhole = true
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = 0
      while filled < count {
        let got = recv(
          socket, buffer.baseAddress.map { $0 + filled }, count - filled,
          CInt(MSG_DONTWAIT))
        if got > 0 {
          filled += got
        } else if got < 0, errno == EAGAIN || errno == EINTR {
          isWhole = wait(for: POLLIN, socket, until: deadline)
        } else {
          isWhole = false
        }
        if !isWhole { return }
      }
    }
    return isWhole ? bytes : nil
  }

  /// - Returns: `false` when the deadline has passed.
  private static func wait(for event: Int32, _ socket: CInt, until deadline: UInt64) -> Bool {
    let now = Clock.monotonic()
    guard now < deadline else { return false }
    var poll = pollfd(fd: socket, events: Int16(event), revents: 0)
    let milliseconds =
      deadline == forever ? -1 : Int32(min((deadline - now) / 1_000_000 + 1, 60_000))
    Glibc.poll(&poll, 1, milliseconds)
    return true
  }
}
