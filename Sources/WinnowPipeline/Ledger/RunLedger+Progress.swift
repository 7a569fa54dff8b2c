// Going on in containers: where an interrupted run ended in one, and how far this one has come.

extension RunLedger {
  /// Where to begin in a container that must be read, and how many pages before are done.
  ///
  /// An earlier run was interrupted in it, the file is as it was, and so are the documents of the
  /// pages before. Otherwise it is read from its beginning. Called before it is opened.
  func start(
    of file: FoundFile, container: PagePath, _ options: ContentHash
  ) throws(LedgerError) -> (at: ContainerStart, pages: Int)? {
    guard file.piped == nil, file.container?.canGoOn == true,
      let status = try? FileCalls.status(
        of: file.path, in: file.root.raw, followsLink: file.isLink)
    else { return nil }
    let stamp = FileStamp(status, now: Clock.wall())
    let mark = try ledger.mark(of: container.bytes)
    var found: (at: ContainerStart, pages: Int)?
    if let mark, mark.options == options, mark.start.stamp == stamp,
      let pages = try donePages(of: container, before: mark.start.name), pages == mark.pages
    {
      found = (mark.start, pages)
    }
    let pages = found?.pages ?? 0
    state.withLock {
      $0.progress[container.bytes] = ContainerProgress(
        stamp: stamp, options: options, pages: pages)
    }
    return found
  }

  /// A page, or a failed record, was met in a container that is being read.
  func met(_ page: PagePath, in container: PagePath, isDone: Bool) {
    let name = Array(page.bytes.dropFirst(container.bytes.count + 1))
    state.withLock { $0.progress[container.bytes]?.met(name, isDone: isDone) }
  }

  /// Notes how far containers are done now that the ends of some pages are in the ledger. The marks
  /// come behind what they speak of: one that is lost only means that pages are looked at again.
  func keepMarks(after records: [PageRecord]) throws(LedgerError) {
    let marks = state.withLock { state -> [(path: [UInt8], mark: ContainerMark)] in
      if state.progress.isEmpty { return [] }
      var changed: Set<[UInt8]> = []
      for record in records {
        // A name holds no slash in the containers that can be gone on with.
        guard let slash = record.path.lastIndex(of: UInt8(ascii: "/")) else { continue }
        let container = Array(record.path[..<slash])
        guard state.progress[container] != nil else { continue }
        state.progress[container]?.ended(Array(record.path[(slash + 1)...]))
        changed.insert(container)
      }
      return changed.compactMap { path in
        state.progress[path]?.mark.map { (path: path, mark: $0) }
      }
    }
    if !marks.isEmpty { try ledger.keep(marks) }
  }
}
