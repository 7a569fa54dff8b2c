// A system call's failure as a value: its errno in, a sentence out.

internal import Glibc

/// The `errno` of a system call that failed.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  package let code: CInt

  package init(code: CInt) {
    self.code = code
  }

  /// The failure of the call just made on this thread.
  static var last: SystemError { SystemError(code: errno) }

  static var noMemory: SystemError { SystemError(code: ENOMEM) }
  /// What should be in a file is not.
  static var noData: SystemError { SystemError(code: ENODATA) }

  /// The C library's English sentence, without a final stop.
  package var description: String { String(cString: strerror(code)) }

  /// All descriptors of this process or machine are in use; others will be closed soon.
  var isDescriptorShortage: Bool { code == EMFILE || code == ENFILE }
}
