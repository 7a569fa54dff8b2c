// The rows of one run: kept as documents are done, put into their shards when the run has ended.
//
// While a run goes on, rows are appended to a file of the run's own, and each batch of pages is put
// down in the ledger after it is safe on the disk, as documents in files are. When the run has ended,
// the shards are made of all rows there are (ShardBuilder). So shards hold whole rows alone, each
// page once, and change only when a run ends; what a run that was stopped did waits for the next.

internal import Glibc
internal import Synchronization
internal import Winnow

/// A document as a row, rendered.
package struct RenderedRow: Sendable {
  let format: OutputFormat
  let bytes: [UInt8]
}

/// May be used from many threads; rows are kept and shards made by one at a time.
final class RowStore: Sendable {
  let ledger: Ledger
  let output: OutputFolder
  let options: EmitOptions
  /// The formats of rows that the run writes.
  let formats: [OutputFormat]
  private let waiting = Mutex<Waiting?>(nil)

  /// The file in which this run's rows wait.
  private struct Waiting {
    let part: Int64
    let file: SharedDescriptor
    var size = 0
  }

  init(_ ledger: Ledger, output: OutputFolder, options: EmitOptions) {
    self.ledger = ledger
    self.output = output
    self.options = options
    formats = options.formats.filter(\.isRow)
  }

  /// Looks at what earlier runs left: gives files their names that a killed run could not, and
  /// forgets rows whose file is gone or was altered, so that their pages are done again.
  ///
  /// - Parameter verifies: Whether shards are read, instead of trusting their size and time.
  func recover(verifies: Bool) throws(LedgerError) {
    let parts = try ledger.parts()
    if parts.isEmpty { return }
    do throws(OutputError) {
      try ShardPlacement(output).place(parts)
    } catch {
      throw .lost(path: ledger.path, "\(error)")
    }
    try ledger.partsArePlaced()
    for part in try ledger.parts() where !isIntact(part, verifies: verifies) {
      try ledger.lose(part: part.id)
    }
    let known = Set(try ledger.parts().map { ShardNames.workshop($0.id) })
    ShardPlacement(output).sweep { known.contains($0) }
  }

  private func isIntact(_ part: PartRecord, verifies: Bool) -> Bool {
    let place = OutputPath(bytes: part.path)
    // A file of waiting rows only grows; it may hold more than was put down.
    guard part.format != nil else { return output.status(of: place) != nil }
    guard output.isIntact(part.asOutput) else { return false }
    return !verifies || output.piecewiseHash(of: place) == part.hash
  }

  /// Keeps the rows of a batch; they are safe on the disk then.
  ///
  /// - Returns: Where each stands.
  func append(_ rows: [RenderedRow]) throws(OutputError) -> [RowRecord] {
    if rows.isEmpty { return [] }
    let result = waiting.withLock { waiting -> Result<[RowRecord], OutputError> in
      do {
        var open = try waiting ?? begin()
        var records: [RowRecord] = []
        var bytes: [UInt8] = []
        for row in rows {
          records.append(
            RowRecord(
              format: row.format, part: open.part, offset: open.size + bytes.count,
              length: row.bytes.count))
          bytes += row.bytes
        }
        try FileCalls.write(bytes, to: open.file.raw)
        try FileCalls.sync(open.file.raw)
        open.size += bytes.count
        waiting = open
        return .success(records)
      } catch let error as SystemError {
        return .failure(OutputError(error, at: output.path))
      } catch let error as OutputError {
        return .failure(error)
      } catch {
        return .failure(.ledger("\(error)"))
      }
    }
    return try result.get()
  }

  /// Opens a new file for rows and puts it down in the ledger.
  private func begin() throws -> Waiting {
    let id = try ledger.nextPart()
    let path = ShardNames.workshop(id)
    let place = OutputPath(bytes: path)
    let folder = try output.folder(place.folders)
    let file = try FileCalls.open(
      place.name, in: folder.raw, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
    try FileCalls.sync(folder.raw)
    let part = PartRecord(
      id: id, format: nil, path: path, target: path, rows: 0, packing: .none, plain: 0,
      limit: 0, size: 0,
      modified: 0, hash: ContentHash([]))
    try ledger.add(part, rows: [], from: 0)
    return Waiting(part: id, file: SharedDescriptor(file))
  }

  /// Closes the file of waiting rows; none are kept after.
  func close() { waiting.withLock { $0 = nil } }
}

extension PartRecord {
  /// As the output folder compares files.
  var asOutput: OutputRecord {
    OutputRecord(path: path, size: size, modified: modified, hash: hash)
  }
}

extension OutputFolder {
  /// What stands at a place, `nil` if it is no file.
  func status(of place: OutputPath) -> FileStatus? {
    guard let folder = try? existingFolder(place.folders),
      let status = try? FileCalls.status(of: place.name, in: folder.raw, followsLink: false)
    else { return nil }
    return status.kind == .file ? status : nil
  }

  func openFile(_ place: OutputPath) throws(SystemError) -> Descriptor {
    try FileCalls.open(
      place.name, in: existingFolder(place.folders).raw, flags: O_RDONLY | O_NOFOLLOW)
  }

  /// `nil` for a file that cannot be read.
  fileprivate func piecewiseHash(of place: OutputPath) -> ContentHash? {
    do throws(SystemError) {
      let file = try openFile(place)
      var hash = PiecewiseHash()
      while true {
        let bytes = try FileCalls.readNext(file.raw, count: 1 << 20)
        if bytes.isEmpty { return hash.finish() }
        hash.add(bytes)
      }
    } catch {
      return nil
    }
  }
}
