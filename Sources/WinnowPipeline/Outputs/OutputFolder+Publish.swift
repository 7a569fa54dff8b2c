// How complete files get their names, and how files that are no longer wanted lose theirs.
//
// Files come in batches. One call makes what all of them hold last on the disk; only then are they
// renamed, and then the folders' entries are made last. So no file under its own name is ever
// incomplete, and the ledger can speak of files that a loss of power cannot take away. A call for
// the whole file system is used because syncing some hundred small files one by one takes as many
// commits of its journal.

internal import Glibc

extension OutputFolder {
  /// Gives files their names, each replacing what bears it.
  ///
  /// - Returns: For each file, why it alone could not get its name, if it could not.
  /// - Throws: `OutputError.lost` when no file can; then the temporary ones are removed.
  package func publish(_ files: [StagedFile]) throws(OutputError) -> [OutputError?] {
    var failures = [OutputError?](repeating: nil, count: files.count)
    if files.isEmpty { return failures }
    do throws(SystemError) {
      try FileCalls.syncFileSystem(root.raw)
    } catch {
      discard(files)
      throw .lost(path: path, error)
    }
    // By folder, so that each is opened once in a round.
    let order = files.indices.sorted {
      files[$0].target.folders.lexicographicallyPrecedes(files[$1].target.folders) {
        $0.lexicographicallyPrecedes($1)
      }
    }
    for index in order {
      do throws(SystemError) {
        let file = files[index]
        try FileCalls.rename(
          file.temporary.name, to: file.target.name, in: existingFolder(file.target.folders).raw)
        forget(file.temporary)
      } catch {
        failures[index] = renameFailure(error, of: files[index])
        if let failure = failures[index], failure.endsRun {
          discard(files)
          throw failure
        }
        discard([files[index]])
      }
    }
    try syncFolders(of: order.filter { failures[$0] == nil }.map { files[$0].target })
    return failures
  }

  /// Removes files that have no name yet.
  package func discard(_ files: [StagedFile]) {
    for file in files {
      if let folder = try? existingFolder(file.temporary.folders) {
        // Those that were renamed already are not there any more.
        try? FileCalls.remove(file.temporary.name, in: folder.raw)
      }
      forget(file.temporary)
    }
  }

  /// Removes documents; that one is gone already is fine.
  ///
  /// - Returns: Those that are gone now. The others stay for the next run.
  func remove(_ paths: [[UInt8]]) -> [[UInt8]] {
    paths.filter { path in
      let place = OutputPath(bytes: path)
      do throws(SystemError) {
        try FileCalls.remove(place.name, in: existingFolder(place.folders).raw)
        return true
      } catch {
        return [ENOENT, ENOTDIR, ELOOP, EISDIR].contains(error.code)
      }
    }
  }

  /// Whether a document is as it was written, by its size and time.
  func isIntact(_ record: OutputRecord) -> Bool {
    let place = OutputPath(bytes: record.path)
    guard let folder = try? existingFolder(place.folders),
      let status = try? FileCalls.status(of: place.name, in: folder.raw, followsLink: false)
    else { return false }
    return status.kind == .file && status.size == record.size && status.modified == record.modified
  }

  /// Whether a document holds the bytes that were written.
  func holds(_ record: OutputRecord) -> Bool {
    let place = OutputPath(bytes: record.path)
    guard let folder = try? existingFolder(place.folders),
      let file = try? InputFile.read(place.name, in: folder.raw, isLink: false, limit: record.size)
    else { return false }
    return file.content == record.hash
  }

  private func renameFailure(_ error: SystemError, of file: StagedFile) -> OutputError {
    let place = file.target.display(below: path)
    // Somebody removed the folder with the temporary file in it: this document alone is lost.
    return error.code == ENOENT ? .conflict(path: place, error) : OutputError(error, at: place)
  }

  private func syncFolders(of targets: [OutputPath]) throws(OutputError) {
    var last: [[UInt8]]?
    for target in targets where target.folders != last {
      last = target.folders
      do throws(SystemError) {
        try FileCalls.sync(existingFolder(target.folders).raw)
      } catch  where error.code == ENOENT {
        // Removed by somebody, with what was in it; the next run makes it again.
      } catch {
        throw OutputError.lost(path: target.display(below: path), error)
      }
    }
  }
}
