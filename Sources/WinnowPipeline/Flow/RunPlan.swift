// What a run is made of: a checked configuration and open folders in, ready stages out.

internal import Winnow

/// Everything a run needs; made before it starts, so that nothing can be missing when it has.
package struct RunPlan: Sendable {
  package let inputs: [InputRoot]
  package let rules: PathRules
  package let output: OutputFolder
  package var fetch: FetchStage
  package var strip: StripStage
  package var normalize: NormalizeStage?
  package var filter: FilterStage?
  package var emit: EmitStage
  package var fetchWorkers: Int
  package var stripWorkers: Int
  package var normalizeWorkers: Int
  package var filterWorkers: Int
  package var emitWorkers: Int
  package let queuePages: Int
  /// Of the options that decide which pages a container holds.
  let containerDigest: ContentHash
  package let queueBytes: Int

  /// - Parameters:
  ///   - inputs: The opened `configuration.fetch.input`.
  ///   - output: The opened `configuration.emit.output`.
  package init(
    _ configuration: PipelineConfiguration, inputs: [InputRoot], output: OutputFolder
  ) {
    self.inputs = inputs
    self.output = output
    let fetch = configuration.fetch
    rules = PathRules(fetch)
    self.fetch = FetchStage(fetch, limit: configuration.strip.extraction.limits.pageBytes)
    strip = StripStage(configuration)
    normalize = configuration.normalize.map { NormalizeStage($0) }
    filter = configuration.filter.map { FilterStage($0) }
    emit = EmitStage(configuration.emit, folder: output)
    fetchWorkers = Self.workers(fetch.workers)
    stripWorkers = Self.workers(configuration.strip.workers)
    normalizeWorkers = Self.workers(configuration.normalize?.workers ?? 1)
    filterWorkers = Self.workers(configuration.filter?.workers ?? 1)
    emitWorkers = Self.workers(configuration.emit.workers)
    containerDigest = fetch.containerDigest
    queuePages = fetch.queuePages
    queueBytes = fetch.queueBytes
  }

  /// In the configuration, `0` stands for one a core.
  private static func workers(_ configured: Int) -> Int {
    configured == 0 ? Machine.cores : configured
  }
}
