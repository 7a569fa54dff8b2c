// SIGINT and SIGTERM: the first stops a run cleanly, the second ends the process at once.

import Dispatch
import Glibc
import Synchronization

/// Watches for the signals that ask a run to stop.
///
/// The signals are blocked in all threads, and one thread of its own waits for them: so what is done
/// about them is ordinary code, which may take locks. Make it before any other thread starts, since
/// threads inherit what is blocked.
final class StopSignals: Sendable {
  private let first = Mutex<Int32?>(nil)

  /// The signal that came first, if one came.
  var received: Int32? { first.withLock { $0 } }

  init() {
    var watched = Self.watched
    pthread_sigmask(SIG_BLOCK, &watched, nil)
    // A limit on the size of files is to be an error that can be told, not the end.
    signal(SIGXFSZ, SIG_IGN)
  }

  /// - Parameters:
  ///   - stop: Called for the first signal.
  ///   - quit: Called for the second; the process ends when it returns.
  func watch(stop: @escaping @Sendable () -> Void, quit: @escaping @Sendable () -> Void) {
    DispatchQueue(label: "winnow.signals").async { [self] in
      var watched = Self.watched
      while true {
        var number: Int32 = 0
        guard sigwait(&watched, &number) == 0 else { continue }
        let isFirst = first.withLock { first in
          defer { first = first ?? number }
          return first == nil
        }
        guard isFirst else {
          quit()
          _exit(128 + number)
        }
        stop()
      }
    }
  }

  private static var watched: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    return set
  }
}
