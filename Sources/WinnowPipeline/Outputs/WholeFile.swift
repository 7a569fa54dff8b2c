// One file that a subcommand was told to write: whole, or not at all.

internal import Glibc

package enum WholeFile {
  /// Writes a file under a temporary name beside it, then gives it its own.
  ///
  /// What is no regular file, such as a device or a pipe, is written to as it stands.
  package static func write(_ bytes: [UInt8], to path: [UInt8]) throws(SystemError) {
    let folder = FileCalls.currentFolder
    var isPlain = true
    do throws(SystemError) {
      isPlain = try FileCalls.status(of: path, in: folder, followsLink: false).kind == .file
    } catch  where error.code == ENOENT {
    }
    guard isPlain else {
      try FileCalls.open(path, in: folder, flags: O_WRONLY | O_TRUNC).write(bytes)
      return
    }
    let unfinished = path + Array(".\(getpid()).unfinished".utf8)
    do throws(SystemError) {
      let file = try FileCalls.open(
        unfinished, in: folder, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
      try FileCalls.write(bytes, to: file.raw)
      try file.close()
      try FileCalls.rename(unfinished, to: path, in: folder)
    } catch {
      if error.code != EEXIST { try? FileCalls.remove(unfinished, in: folder) }
      throw error
    }
  }
}
