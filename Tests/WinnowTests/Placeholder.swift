@testable import Winnow
import Testing
