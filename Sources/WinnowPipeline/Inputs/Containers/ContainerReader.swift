// A file that holds many pages: the file in, its pages one after another out.
//
// A page's name below the container depends on where it stands there alone, and no two have the
// same, so that it is the page's identity in later runs too.

internal import Glibc

/// What a file that was found turns out to hold.
package enum FetchEvent: Sendable {
  case page(FetchedPage, PagePath)
  case failure(FetchFailure, PagePath)
  case passedOver(PassedOver)
  /// A container was read to its end, damage or not.
  case end(FileStamp)
}

/// Reads containers; knows nothing of the stages behind it.
struct ContainerReader {
  let options: FetchOptions
  let rules: PathRules
  let selection: PageSelection
  /// Most bytes of a page.
  let limit: Int

  /// Hands out what `file` holds, in its order, until `visit` returns `false`.
  func read(
    _ file: FoundFile, _ kind: ContainerKind, at page: PagePath, from start: ContainerStart?,
    visit: (FetchEvent) -> Bool
  ) {
    do throws(FetchFailure) {
      if let piped = file.piped {
        if try read(piped.take(), kind, at: page, from: nil, visit) {
          _ = visit(.end(FileStamp.piped))
        }
        return
      }
      let now = Clock.wall()
      let (opened, before) = try InputFile.open(file.path, in: file.root.raw, isLink: file.isLink)
      let isRead =
        kind == .archive
        ? try read(archive(opened), at: page, visit)
        : try read(stream(opened), kind, at: page, from: start?.name, visit)
      guard isRead else { return }
      let isUnchanged = try opened.raw.currentStatus() == before
      _ = visit(isUnchanged ? .end(FileStamp(before, now: now)) : .failure(.changed, page))
    } catch {
      _ = visit(.failure(error, page))
    }
  }

  /// - Returns: `false` when `visit` ended it.
  private func read(
    _ stream: ContainerStream, _ kind: ContainerKind, at page: PagePath, from name: [UInt8]?,
    _ visit: (FetchEvent) -> Bool
  ) throws(FetchFailure) -> Bool {
    switch kind {
    case .webArchive:
      return WARCPages(
        stream, at: page, options: options.records, selection: selection, limit: limit
      ).forEach(from: name.flatMap { ContainerPlace(name: $0) }, visit)
    case .lines:
      return JSONLines(
        stream, at: page, fields: options.lines, selection: selection, limit: limit
      ).forEach(from: name?[...].decimal ?? 1, visit)
    case .archive:
      if stream.withBytes({ $0.starts(with: InputForm.sevenZip) }) { throw .needsFile }
      do throws(ArchiveDamage) {
        return read(try ArchiveFile(stream), at: page, visit)
      } catch {
        throw .damagedArchive(error)
      }
    }
  }

  private func read(
    _ archive: ArchiveFile, at page: PagePath, _ visit: (FetchEvent) -> Bool
  ) -> Bool {
    ArchivePages(
      archive, at: page, rules: rules, selection: selection, options: options.archives,
      limit: limit
    ).forEach(visit)
  }

  private func stream(_ file: SharedDescriptor) throws(FetchFailure) -> ContainerStream {
    do throws(SystemError) {
      return try ContainerStream(file)
    } catch {
      throw FetchFailure(error)
    }
  }

  private func archive(_ file: SharedDescriptor) throws(FetchFailure) -> ArchiveFile {
    do throws(ArchiveDamage) {
      return try ArchiveFile(file)
    } catch {
      throw .damagedArchive(error)
    }
  }
}

extension PagePath {
  /// A page called `name` in the container at this path.
  func appending(_ name: [UInt8]) -> PagePath { PagePath(bytes + [UInt8(ascii: "/")] + name) }
}

extension CInt {
  fileprivate func currentStatus() throws(FetchFailure) -> FileStatus {
    do throws(SystemError) {
      return try FileCalls.status(of: self)
    } catch {
      throw FetchFailure(error)
    }
  }
}
