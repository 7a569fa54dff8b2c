// What a run is told, as typed values: what pipeline.json says once it is checked.

/// A checked configuration: one value a stage, in the order in which they run.
package struct PipelineConfiguration: Sendable, Equatable {
  package var fetch: FetchOptions
  package var strip: StripOptions
  /// `nil` when the pipeline leaves the stage out; so is `filter`.
  package var normalize: NormalizeOptions?
  package var filter: FilterOptions?
  package var emit: EmitOptions
  /// What the configuration promises of some pages.
  package var tests: [ConfigurationTest] = []
  /// The file's bytes; empty when there was no file.
  package var text: [UInt8] = []

  /// The required stages with their defaults; `fetch.input` and `emit.output` have none.
  package init(
    fetch: FetchOptions = FetchOptions(), strip: StripOptions = StripOptions(),
    normalize: NormalizeOptions? = nil, filter: FilterOptions? = nil,
    emit: EmitOptions = EmitOptions()
  ) {
    self.fetch = fetch
    self.strip = strip
    self.normalize = normalize
    self.filter = filter
    self.emit = emit
  }

  /// The stages there are, in the only order in which they run. A new one is added here, with its
  /// options in a file of its own.
  package static let stages: [any StageOptions.Type] = [
    FetchOptions.self, StripOptions.self, NormalizeOptions.self, FilterOptions.self,
    EmitOptions.self,
  ]

  /// The stages that this pipeline has, in the order in which they run.
  package var presentStages: [any StageOptions] {
    let all: [(any StageOptions)?] = [fetch, strip, normalize, filter, emit]
    return all.compactMap { $0 }
  }

  /// Allowed numbers of workers; `0` stands for one a core.
  static let workers = 0...1024
}
