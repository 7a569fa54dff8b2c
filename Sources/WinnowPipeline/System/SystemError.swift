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

  /// What the user can do, as the end of a sentence; empty when that depends on more than the code.
  package var remedy: String {
    switch code {
    case EACCES, EPERM: "; give the user that runs winnow the right to it"
    case ENOSPC, EDQUOT: "; make room there, and the next run goes on"
    case EROFS: "; mount it so that it can be written"
    case EFBIG: "; allow larger files (ulimit -f)"
    case EIO: "; look whether the disk is sound (dmesg)"
    case ENOENT: "; make the folder, or give another path"
    case ENOTDIR, EEXIST: "; move away what stands there"
    default: ""
    }
  }

  /// All descriptors of this process or machine are in use; others will be closed soon.
  var isDescriptorShortage: Bool { code == EMFILE || code == ENFILE }
}
