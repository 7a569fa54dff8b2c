// The mark by which the next run knows that this one died by a fault of its own, and was not killed.

internal import Glibc
internal import Synchronization

/// A file that gets a byte when the process gets a fatal signal, and is removed when it ends well.
struct CrashMark: Sendable {
  /// Whether the run before died by a fault.
  let wasSet: Bool
  private let path: [UInt8]

  /// - Parameter folder: The run's own folder.
  init(in folder: [UInt8]) {
    path = folder + Array("/crashed".utf8)
    let status = try? FileCalls.status(
      of: path, in: FileCalls.currentFolder, followsLink: false)
    wasSet = (status?.size ?? 0) > 0
  }

  /// From now on, fatal signals leave the mark. Signals that somebody else handles already, as
  /// Swift's backtraces do when they are switched on, stay with them.
  func arm() {
    guard
      let file = try? FileCalls.open(
        path, in: FileCalls.currentFolder, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
    else { return }
    // Stays open as long as the process: a handler may need it at any time.
    markDescriptor.store(file.release(), ordering: .sequentiallyConsistent)
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE] {
      var current = sigaction()
      guard sigaction(number, nil, &current) == 0, current.__sigaction_handler.sa_handler == nil
      else { continue }
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        // Only what a signal handler may do: a write, and the signal again with its own effect.
        var byte = UInt8(ascii: "x")
        _ = write(markDescriptor.load(ordering: .sequentiallyConsistent), &byte, 1)
        raise(number)
      }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER
      sigaction(number, &action, nil)
    }
  }

  /// The run ended well.
  func disarm() {
    try? FileCalls.remove(path, in: FileCalls.currentFolder)
  }
}

/// The open file; a global, since a signal handler has nothing else.
private let markDescriptor = Atomic<Int32>(-1)
