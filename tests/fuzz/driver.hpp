// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// A small fuzzer: mutates kept inputs, the same way for the same seed, and feeds them to a target.
/// It needs nothing but the compiler; the sanitizers and the target's own checks find the faults.
namespace soundlake::fuzz {

/// Throws (anything) when the input shows a fault.
using Target = std::function<void(std::string_view input)>;

/// Throws when a property does not hold.
void require(bool holds, const char* property);

/// The program around a target. Arguments: `--corpus FOLDER`, `--runs N`, `--seed S`,
/// `--seconds T` (until then instead of N runs), `--first K` (begin with run K), `--keep FILE`
/// (where each input is put before it is fed: of use with `--runs 1`), and files, which are fed as
/// they are. Each run depends on its number and the seed alone; the one that fails is
/// named on stderr with the words that repeat it.
/// @param words what the inputs are made of: put in by some mutations
int run(int argc, char** argv, const std::vector<std::string>& words, const Target& target);

}  // namespace soundlake::fuzz
