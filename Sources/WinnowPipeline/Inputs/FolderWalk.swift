// The walk through an input folder: a root in, its pages' files out, in the order of the disk.
//
// Memory does not grow with the number of files. Folders are looked into depth first, each read
// entry by entry; nothing is sorted.

internal import Glibc

/// What a walk meets.
package enum WalkEvent: Sendable {
  case page(FoundFile, PagePath)
  /// A folder, or a link called like a page, that cannot be read.
  case failure(PagePath, FetchFailure)
  /// Something that is no page, by kind.
  case passedOver(PassedOver)
}

/// What a walk leaves out without its being a failure.
package enum PassedOver: String, Sendable, CaseIterable {
  /// A file that `include` or `exclude` leaves out.
  case file = "other files"
  /// A folder that `exclude` leaves out.
  case folder = "excluded folders"
  /// A folder that a browser put beside a page that is there, with what belongs to it.
  case companionFolder = "folders of saved pages"
  /// HTTrack's own copies of a mirror.
  case mirrorCache = "caches of mirrors"
  /// A link to a folder; following it could lead in a circle.
  case linkedFolder = "linked folders"
  /// A pipe, socket or device.
  case special = "special files"
  /// Records of requests, of crawls, of what a crawler thought; and records cut into segments.
  case otherRecord = "other records"
  /// A page that had not changed since an earlier capture, which holds it.
  case revisitRecord = "revisit records"
  /// A record that is no page: pictures, scripts, what `fetch.records.mediaTypes` leaves out.
  case otherMedia = "records of other media"
  /// Records and lines that `fetch.records` or `fetch.select` leave out.
  case unwantedRecordType = "records of unwanted types"
  case otherStatus = "records of other statuses"
  case otherHost = "pages of other hosts"
  case otherAddress = "pages of other addresses"
  case unknownAddress = "pages of unknown address"
  case otherLanguage = "pages in other languages"
  /// Recorded as a failure besides.
  case brokenRecord = "broken records"
  /// An entry of an archive that `include` or `exclude` leaves out.
  case otherEntry = "other entries"
  /// A symbolic or hard link in an archive.
  case linkEntry = "linked entries"
  /// A pipe or device in an archive.
  case specialEntry = "special entries"
  /// A container inside an archive.
  case innerContainer = "archives in archives"
  /// The output folder, met inside the input.
  case output = "output folders"
}

/// Walks one input, on the calling thread.
package struct FolderWalk {
  private let root: InputRoot
  private let rules: PathRules
  private let output: FileIdentity?
  private let visit: (WalkEvent) -> Bool

  /// Most folders kept open; deeper down, the outermost is read to its end in memory and closed.
  private let mostOpen = max(2, min(64, Machine.descriptorLimit / 8))
  private var levels: [Level] = []
  /// The path of the folder in hand below the root, ending in `/` unless empty.
  private var path: [UInt8] = []

  /// - Parameters:
  ///   - output: The output folder; it is not looked into when it stands inside the input.
  ///   - visit: Takes what is found; the walk ends when it returns `false`.
  package init(
    _ root: InputRoot, rules: PathRules, output: FileIdentity?,
    visit: @escaping (WalkEvent) -> Bool
  ) {
    self.root = root
    self.rules = rules
    self.output = output
    self.visit = visit
  }

  /// - Returns: `false` when `visit` ended the walk.
  package mutating func run() -> Bool {
    if let name = root.fileName {
      var file = FoundFile(root: root.folder, path: name, isLink: true)
      file.piped = root.piped
      file.told = root.told
      return visit(.page(file, PagePath(root.label)))
    }
    if let list = root.list { return run(list) }
    guard enter([]) else { return false }
    while let level = levels.last {
      do throws(SystemError) {
        guard let entry = try level.next() else {
          leave()
          continue
        }
        guard handle(entry) else { return false }
      } catch {
        leave()
        let folder = Array(path.dropLast())
        guard visit(.failure(pagePath(folder), FetchFailure(error))) else { return false }
      }
    }
    return true
  }

  /// Takes the files that a list names, whatever they are called, each at its own path; one that
  /// comes again is told apart by `~2`, `~3` and so on.
  private func run(_ list: SharedDescriptor) -> Bool {
    var paths = PathList(list)
    var names = EntryNames()
    do throws(SystemError) {
      while let path = try paths.next() {
        let file = FoundFile(root: root.folder, path: path, isLink: true)
        let below = Self.relative(path)
        guard visit(.page(file, PagePath(names.unique(below)))) else { return false }
      }
      return true
    } catch {
      return visit(.failure(PagePath([UInt8(ascii: ".")]), FetchFailure(error)))
    }
  }

  /// Without `/` and `./` at its beginning.
  private static func relative(_ path: [UInt8]) -> [UInt8] {
    var rest = path[...]
    while true {
      if rest.first == UInt8(ascii: "/") {
        rest = rest.dropFirst()
      } else if rest.starts(with: "./".utf8) {
        rest = rest.dropFirst(2)
      } else {
        return rest.isEmpty ? path : Array(rest)
      }
    }
  }

  private mutating func handle(_ entry: DirectoryEntry) -> Bool {
    let entryPath = path + entry.name
    switch kind(of: entry, at: entryPath) {
    case .failure(let failure):
      return visit(.failure(pagePath(entryPath), failure))
    case .success(.folder):
      guard rules.takesFolder(entryPath, nameStart: path.count) else {
        return visit(.passedOver(.folder))
      }
      if let kind = companion(entry.name) { return visit(.passedOver(kind)) }
      return enter(entry.name)
    case .success(.file):
      return takeFile(entryPath, isLink: false)
    case .success(.link):
      return follow(entryPath)
    case .success(.other):
      return visit(.passedOver(.special))
    }
  }

  /// What kind of folder it is, if it is one that saving programs make beside pages.
  private func companion(_ name: [UInt8]) -> PassedOver? {
    if rules.readsCompanions { return nil }
    if name == CompanionFolders.mirrorCache { return .mirrorCache }
    let hasPage = CompanionFolders.pages(of: name).contains { page in
      let status = try? FileCalls.status(of: path + page, in: root.folder.raw, followsLink: true)
      return status?.kind == .file
    }
    return hasPage ? .companionFolder : nil
  }

  private func takeFile(_ filePath: [UInt8], isLink: Bool) -> Bool {
    guard rules.takesFile(filePath, nameStart: path.count) else {
      return visit(.passedOver(.file))
    }
    let file = FoundFile(root: root.folder, path: filePath, isLink: isLink)
    return visit(.page(file, pagePath(filePath)))
  }

  /// A link to a file is a page; one to a folder is not looked into.
  private func follow(_ linkPath: [UInt8]) -> Bool {
    do throws(SystemError) {
      let target = try FileCalls.status(of: linkPath, in: root.folder.raw, followsLink: true)
      switch target.kind {
      case .file: return takeFile(linkPath, isLink: true)
      case .folder: return visit(.passedOver(.linkedFolder))
      case .link, .other: return visit(.passedOver(.special))
      }
    } catch {
      // A broken link is a lost page only if a page could have stood there.
      guard rules.takesFile(linkPath, nameStart: path.count) else {
        return visit(.passedOver(.file))
      }
      let isBroken = [ENOENT, ENOTDIR, ELOOP].contains(error.code)
      return visit(.failure(pagePath(linkPath), isBroken ? .brokenLink : FetchFailure(error)))
    }
  }

  private func kind(
    of entry: DirectoryEntry, at entryPath: [UInt8]
  ) -> Result<FileStatus.Kind, FetchFailure> {
    switch entry.kind {
    case .file: return .success(.file)
    case .folder: return .success(.folder)
    case .link: return .success(.link)
    case .other: return .success(.other)
    case .unknown:
      do throws(SystemError) {
        return .success(
          try FileCalls.status(of: entryPath, in: root.folder.raw, followsLink: false).kind)
      } catch {
        return .failure(FetchFailure(error))
      }
    }
  }

  /// Opens the folder `name` below the one in hand (the root for an empty name) and goes into it.
  private mutating func enter(_ name: [UInt8]) -> Bool {
    let folderPath = path + name
    do throws(SystemError) {
      spareDescriptor()
      let target = folderPath.isEmpty ? [UInt8(ascii: ".")] : folderPath
      let folder = try FileCalls.open(
        target, in: root.folder.raw, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK)
      if try FileCalls.status(of: folder.raw).identity == output {
        return visit(.passedOver(.output))
      }
      levels.append(Level(try DirectoryStream(folder), lengthBefore: path.count))
      path = folderPath.isEmpty ? [] : folderPath + [UInt8(ascii: "/")]
      return true
    } catch {
      return visit(.failure(pagePath(folderPath), FetchFailure(error)))
    }
  }

  private mutating func leave() {
    let level = levels.removeLast()
    path.removeLast(path.count - level.lengthBefore)
  }

  /// Closes the outermost folder that is open when there are too many.
  private func spareDescriptor() {
    let open = levels.filter(\.isOpen)
    if open.count >= mostOpen { open[0].readToEnd() }
  }

  private func pagePath(_ below: [UInt8]) -> PagePath {
    if root.label.isEmpty { return PagePath(below.isEmpty ? [UInt8(ascii: ".")] : below) }
    return PagePath(root.label + (below.isEmpty ? [] : [UInt8(ascii: "/")] + below))
  }
}

/// A folder that is being read: still open, or what is left of it in memory.
private final class Level {
  /// The length of the path outside this folder.
  let lengthBefore: Int
  private var stream: DirectoryStream?
  private var remaining: [DirectoryEntry] = []
  /// What stopped `readToEnd`; told when the entries before it have been handed out.
  private var failure: SystemError?

  init(_ stream: DirectoryStream, lengthBefore: Int) {
    self.stream = stream
    self.lengthBefore = lengthBefore
  }

  var isOpen: Bool { stream != nil }

  func next() throws(SystemError) -> DirectoryEntry? {
    if let stream { return try stream.next() }
    if let entry = remaining.popLast() { return entry }
    if let failure { throw failure }
    return nil
  }

  func readToEnd() {
    guard let stream else { return }
    do throws(SystemError) {
      while let entry = try stream.next() { remaining.append(entry) }
    } catch {
      failure = error
    }
    self.stream = nil
  }
}
