// The pages of a zip, tar or 7z archive: entries in; pages, failures and what was passed over out.
//
// An entry's name labels its page and decides nothing else; what an archive claims about sizes is
// not believed.

internal import Winnow

struct ArchivePages {
  private let page: PagePath
  private let archive: ArchiveFile
  private let rules: PathRules
  private let selection: PageSelection
  private let options: ArchiveOptions
  private let limit: Int

  /// Most bytes that may come out for each byte of the archive, and how many may come before that
  /// is asked. Deflate cannot give more than 1032 for one; pages give about five.
  static let mostRatio = 1000
  static let ratioFloor = 256 << 20
  /// Entries one after another that cannot be read, before the archive is given up.
  private static let mostFailures = 100

  init(
    _ archive: ArchiveFile, at page: PagePath, rules: PathRules, selection: PageSelection,
    options: ArchiveOptions, limit: Int
  ) {
    self.archive = archive
    self.page = page
    self.rules = rules
    self.selection = selection
    self.options = options
    self.limit = limit
  }

  /// - Returns: `false` when `visit` ended it.
  func forEach(_ visit: (FetchEvent) -> Bool) -> Bool {
    var names = EntryNames()
    var budget = UnpackBudget(options.unpackedBytes)
    var failures = 0
    var storedBefore = 0
    while true {
      do throws(ArchiveDamage) {
        guard let entry = try archive.next() else { return true }
        failures = 0
        if entry.kind == .folder { continue }
        if let kind = passedOver(entry) {
          guard visit(.passedOver(kind)) else { return false }
        } else {
          let path = page.appending(names.unique(entry.name))
          let stored = archive.bytesStored - storedBefore
          storedBefore = archive.bytesStored
          guard visit(fetch(entry, path, stored: stored, &budget)) else { return false }
        }
        try skipRest(&budget)
        if budget.isSpent(storedBytes: archive.bytesStored) {
          return visit(.failure(.unpacksTooFar(bytes: budget.used), page))
        }
      } catch {
        failures += 1
        guard visit(.failure(.damagedArchive(error), page)) else { return false }
        if error.isFatal || failures > Self.mostFailures { return true }
      }
    }
  }

  /// Why an entry is no page, or `nil`.
  private func passedOver(_ entry: ArchiveEntry) -> PassedOver? {
    switch entry.kind {
    case .link: return .linkEntry
    case .special, .folder: return .specialEntry
    case .file: break
    }
    // As the pages of a folder are chosen, with the names that the archive has for folders.
    var nameStart = 0
    for at in entry.name.indices where entry.name[at] == UInt8(ascii: "/") {
      let folder = Array(entry.name[..<at])
      if !rules.takesFolder(folder, nameStart: nameStart) { return .otherEntry }
      if !rules.readsCompanions,
        folder[nameStart...].elementsEqual(CompanionFolders.mirrorCache)
      {
        return .mirrorCache
      }
      nameStart = at + 1
    }
    if ContainerKind(path: entry.name) != nil { return .innerContainer }
    return rules.takesFile(entry.name, nameStart: nameStart) ? nil : .otherEntry
  }

  private func fetch(
    _ entry: ArchiveEntry, _ path: PagePath, stored: Int, _ budget: inout UnpackBudget
  ) -> FetchEvent {
    if entry.isEncrypted { return .failure(.encrypted, path) }
    var bytes: [UInt8] = []
    do throws(ArchiveDamage) {
      while true {
        let piece = try archive.read()
        if piece.isEmpty { break }
        bytes += piece
        budget.used += piece.count
        if bytes.count > limit {
          return .failure(.tooLarge(bytes: bytes.count, limit: limit), path)
        }
      }
    } catch {
      return .failure(.damagedArchive(error), path)
    }
    do throws(FetchFailure) {
      let page = try SavedPage.page(
        Unpacker.unpacked(bytes, limit: limit), SavedPage.Form(path: entry.name))
      if let unwanted = selection.refusal(url: page.url) {
        return .passedOver(PassedOver(unwanted))
      }
      return .page(FetchedPage(of: page, stored: stored), path)
    } catch {
      return .failure(error, path)
    }
  }

  /// Passes over what was not read of an entry, as far as the budget goes.
  private func skipRest(_ budget: inout UnpackBudget) throws(ArchiveDamage) {
    while try archive.skipPiece() {
      budget.unfiltered = archive.bytesUnfiltered
      if budget.isSpent(storedBytes: archive.bytesStored) { return }
    }
  }
}

/// How much may still be unpacked.
struct UnpackBudget {
  private let most: Int
  /// Bytes of entries that were read.
  var used = 0
  /// Bytes of the archive itself, without the compression around it.
  var unfiltered = 0

  init(_ most: Int) { self.most = most }

  /// Whether more came out than is allowed, in all or for what went in.
  func isSpent(storedBytes: Int) -> Bool {
    let out = max(used, unfiltered)
    return out > most
      || (out > ArchivePages.ratioFloor && out / ArchivePages.mostRatio > storedBytes)
  }
}

/// Names for entries: their own, and others for those that come a second time.
struct EntryNames {
  /// Hashes: 16 bytes an entry, however long its name. Two names with one hash only give the second
  /// a suffix that it would not need.
  private var seen: Set<UInt64> = []

  /// `name`, or `name~2`, `name~3` and so on: none is given twice.
  mutating func unique(_ name: [UInt8]) -> [UInt8] {
    var candidate = name
    var number = 2
    while !seen.insert(Self.hash(candidate)).inserted {
      candidate = name + Array("~\(number)".utf8)
      number += 1
    }
    return candidate
  }

  /// FNV-1a with 64 bits; the same in every run, unlike Swift's own.
  ///
  /// Source: Fowler, Noll, Vo; offset basis and prime as in RFC 9923.
  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
