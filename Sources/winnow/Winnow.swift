// The command: its subcommands and nothing else.

import ArgumentParser

@main
struct WinnowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow", abstract: "Reads saved web pages and writes clean documents.")
}
