// How shards get their names: files and where they belong in, each at its place out.
//
// Names are numbers, and a shard that comes or goes moves those behind it. All that move are first
// taken out of the way, then put where they belong. The ledger says for each file where it stood and
// where it belongs, and so this can be begun again wherever it was broken off.

internal import Glibc

struct ShardPlacement {
  private let output: OutputFolder

  init(_ output: OutputFolder) {
    self.output = output
  }

  /// Puts every part where it belongs and removes those of no use.
  func place(_ parts: [PartRecord]) throws(OutputError) {
    let moving = parts.filter { $0.path != $0.target }
    if moving.isEmpty { return }
    do throws(SystemError) {
      _ = try output.folder(OutputPath(bytes: ShardNames.workshop(0)).folders)
      // What is at its target already was put there before this was broken off.
      let unplaced = moving.filter { $0.target.isEmpty || !isPart($0, at: $0.target) }
      for part in unplaced where isPart(part, at: part.path) {
        if part.target.isEmpty {
          try FileCalls.remove(part.path, in: output.root.raw)
        } else if part.path != ShardNames.workshop(part.id) {
          try FileCalls.rename(
            part.path, to: ShardNames.workshop(part.id), in: output.root.raw)
        }
      }
      for part in unplaced where !part.target.isEmpty {
        let place = ShardNames.workshop(part.id)
        if output.status(of: OutputPath(bytes: place)) != nil {
          try FileCalls.rename(place, to: part.target, in: output.root.raw)
        }
      }
      try FileCalls.sync(output.root.raw)
    } catch {
      throw OutputError(error, at: output.path)
    }
  }

  /// Whether a file is this part, by its size and time.
  private func isPart(_ part: PartRecord, at path: [UInt8]) -> Bool {
    if part.format == nil { return output.status(of: OutputPath(bytes: path)) != nil }
    return output.isIntact(
      OutputRecord(path: path, size: part.size, modified: part.modified, hash: part.hash))
  }

  /// Removes files of the workshop that nobody knows: what killed runs left there.
  func sweep(keeping isKnown: ([UInt8]) -> Bool) {
    remove(in: ShardNames.workshop) { !isKnown(ShardNames.workshop + [UInt8(ascii: "/")] + $0) }
  }

  /// Removes shards from the output folder that are none of these; of an earlier ledger, perhaps.
  func removeShards(otherThan names: Set<[UInt8]>) {
    remove(in: []) { ShardNames.isShard($0) && !names.contains($0) }
  }

  /// One that cannot be removed disturbs nobody.
  private func remove(in folder: [UInt8], where isDue: ([UInt8]) -> Bool) {
    guard
      let open = try? FileCalls.open(
        folder.isEmpty ? [UInt8(ascii: ".")] : folder, in: output.root.raw,
        flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
      let stream = try? DirectoryStream(open)
    else { return }
    var due: [[UInt8]] = []
    while let entry = try? stream.next() {
      if isDue(entry.name) { due.append(entry.name) }
    }
    for name in due {
      let path = folder.isEmpty ? name : folder + [UInt8(ascii: "/")] + name
      try? FileCalls.remove(path, in: output.root.raw)
    }
  }
}
