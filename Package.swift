// swift-tools-version:6.1
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// `make fuzz-coverage`: everything that is fuzzed tells LLVM's libFuzzer which code was reached.
let isFuzzing = Context.environment["WINNOW_FUZZ"] != nil
let fuzzSettings: [SwiftSetting] =
  isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"]), .define("LIBFUZZER")] : []

let package = Package(
  name: "winnow",
  products: [
    .executable(name: "winnow", targets: ["winnow"]),
    .library(name: "Winnow", targets: ["Winnow"]),
    .library(name: "WinnowPipeline", targets: ["WinnowPipeline"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    // Without pkg-config: its file names a flag that SwiftPM warns about, and nothing we need.
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(
      name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .target(name: "CPageArena", dependencies: ["CLibXML2"]),
    .target(name: "CEncodingTables"),
    .target(name: "CScores"),
    .target(
      name: "CTables", exclude: ["blocks.tables", "residue.tables", "sequence.tables"]),
    .target(
      name: "Winnow",
      dependencies: [
        "CLibXML2", "CPageArena", "CEncodingTables", "CScores", "CTables", "CUTF8Proc",
      ],
      swiftSettings: swiftSettings + fuzzSettings,
      // `log` and `trunc`: a program that links the library alone needs it too.
      linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "WinnowPipeline",
      dependencies: [
        "Winnow", "CLinux", "CSQLite", "CZlib", "CDeflate", "CZstd", "CBrotli", "CArchive",
        "CNettle",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "winnow",
      dependencies: [
        "WinnowPipeline", "Winnow",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "winnow-training", dependencies: ["Winnow"],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "winnow-bench", dependencies: ["Winnow", "CZlib"],
      swiftSettings: swiftSettings),
    .systemLibrary(name: "CLibFuzzer"),
    .executableTarget(
      name: "winnow-fuzz", dependencies: ["Winnow", "CLibFuzzer"],
      swiftSettings: swiftSettings + fuzzSettings,
      linkerSettings: isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : []),
    .testTarget(
      name: "WinnowTests", dependencies: ["Winnow", "CZlib"],
      exclude: [
        "Scoring/model-check.json", "Scoring/sequence-check.json", "Residue/trained-scores.jsonl",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "WinnowPipelineTests",
      dependencies: ["WinnowPipeline", "Winnow", "CArchive", "CZlib", "CZstd"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CommandTests", dependencies: ["winnow", "WinnowPipeline", "Winnow"],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
