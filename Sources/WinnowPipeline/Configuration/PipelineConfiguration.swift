// What a run is told, as typed values: what pipeline.json says once it is checked.

package import Winnow

/// A checked configuration: one value a stage, in the order in which they run.
package struct PipelineConfiguration: Sendable, Equatable {
  package var fetch: FetchOptions
  package var strip: StripOptions
  package var normalize: NormalizeOptions?
  package var filter: FilterOptions?
  package var emit: EmitOptions
}

/// Options of `fetch`.
package struct FetchOptions: Sendable, Equatable {
  /// Folders and files, as bytes of their paths.
  package var input: [[UInt8]]
  /// Globs on the path below the input folder; a file must match one.
  package var include: [String]
  /// Globs; a file or folder that matches one is passed over.
  package var exclude: [String]
  package var workers: Int
  /// Most pages that wait between fetch and strip, and their most bytes.
  package var queuePages: Int
  package var queueBytes: Int
}

/// Options of `strip`.
package struct StripOptions: Sendable, Equatable {
  package var extraction: ExtractionOptions
  /// `0` for one a core.
  package var workers: Int
}

/// Options of `normalize`.
package struct NormalizeOptions: Sendable, Equatable {
  package var text: NormalizationOptions
  package var workers: Int
}

/// Options of `filter`.
package struct FilterOptions: Sendable, Equatable {
  package var minWords: Int
  package var minConfidence: Double
  /// BCP 47 primary languages that are kept; empty for all.
  package var languages: [String]
  package var workers: Int
}

/// Options of `emit`.
package struct EmitOptions: Sendable, Equatable {
  package var output: [UInt8]
  package var formats: [OutputFormat]
  package var workers: Int
}
