// What a run would do: the inputs and the ledger in, a reason for each page out. Nothing is written.

/// A run that only looks.
package struct DryRun {
  private let configuration: PipelineConfiguration
  private let policy: RunPolicy

  /// What would happen to a page.
  package enum Finding: Sendable, Equatable {
    case due(WorkReason)
    case unchanged
    /// In the ledger, but in the input no more; whether its documents would be removed.
    case gone(pruned: Bool)
    /// A folder or link that cannot be read.
    case unreadable(String)
  }

  package init(_ configuration: PipelineConfiguration, policy: RunPolicy) {
    self.configuration = configuration
    self.policy = policy
  }

  /// - Parameter tell: Takes each finding; the run ends when it returns `false`.
  /// - Throws: `InputError`, `OutputError` or `LedgerError`.
  package func run(_ tell: @escaping (Finding, PagePath) -> Bool) throws {
    let inputs = try InputRoot.open(configuration.fetch)
    let output = try OutputFolder.existing(configuration.emit.output)
    if let output { try InputRoot.check(inputs, against: output) }
    let ledger = try output.flatMap { try known(in: $0) }
    let standing = output.map {
      PageStanding(
        policy: policy, configuration: configuration.documentDigest, output: $0,
        rowsPerPage: configuration.emit.formats.count(where: \.isRow))
    }
    let rules = PathRules(configuration.fetch)
    var seen = PageSet()
    var unreadable: Set<[UInt8]> = []
    var found = 0
    var failure: LedgerError?
    for root in inputs {
      var walk = FolderWalk(root, rules: rules, output: output?.identity) { event in
        switch event {
        case .passedOver: return true
        case .failure(let page, let reason):
          unreadable.insert(page.bytes)
          return tell(.unreadable(reason.description), page)
        case .page(let file, let page):
          found += 1
          // What it holds is met only when it is read.
          if file.container != nil { unreadable.insert(page.bytes) }
          do throws(LedgerError) {
            let known = try ledger?.page(at: page.bytes)
            if let known { seen.insert(known.id) }
            let reason = standing.map { $0.reason(for: file, known: known) } ?? .new
            return tell(reason.map { .due($0) } ?? .unchanged, page)
          } catch {
            failure = error
            return false
          }
        }
      }
      let goesOn = walk.run()
      if let failure { throw failure }
      guard goesOn else { return }
    }
    guard let ledger else { return }
    let isOther = try ledger.hasOtherInputs(than: configuration.fetch.inputDigest)
    let prunes = policy.prune == .delete && found > 0 && !isOther
    try ledger.forEachPage(missingIn: seen, notBelow: unreadable) { pages in
      for page in pages { _ = tell(.gone(pruned: prunes), PagePath(page.path)) }
    }
  }

  private func known(in output: OutputFolder) throws(LedgerError) -> Ledger? {
    do throws(LedgerError) {
      return try Ledger(reading: output.ownPath)
    } catch {
      if case .missing = error { return nil }
      throw error
    }
  }
}
