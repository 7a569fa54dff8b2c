// A configuration for a subcommand: loaded, or its mistakes printed and an exit status thrown.

import ArgumentParser
import WinnowPipeline

enum ConfigurationLoader {
  /// The configuration in `file`, with what the command line says in place of it.
  ///
  /// - Throws: `ExitCode(1)` after one line on standard error for each mistake.
  ///
  /// - Parameter file: `nil` when the command names none.
  static func load(
    _ file: String?, overrides: ConfigurationOverrides = ConfigurationOverrides()
  ) throws(ExitCode) -> PipelineConfiguration {
    do throws(ConfigurationMistakes) {
      return try ConfigurationFile.load(named: file, overrides: overrides)
    } catch {
      for each in error.mistakes { StandardStreams.errorLine(each.description) }
      throw ExitCode.failure
    }
  }
}
