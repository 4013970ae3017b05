// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/sign_in_answer.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/net/http.hpp"

namespace soundlake::spotify {
namespace {

std::string parameter(const std::map<std::string, std::string>& parameters,
                      const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

// It ends up in an error message, and whoever made the address chose its text.
std::string plain_word(const std::string& text) {
  std::string word;
  for (const char letter : text.substr(0, 40)) {
    if ((letter >= 'a' && letter <= 'z') || letter == '_') word += letter;
  }
  return word.empty() ? "unnamed error" : word;
}

}  // namespace

SignInAnswer read_answer(const std::map<std::string, std::string>& parameters,
                         const std::string& state) {
  using enum SignInAnswer::Kind;
  SignInAnswer answer;
  const std::string code = parameter(parameters, "code");
  const std::string error = parameter(parameters, "error");
  if (code.empty() && error.empty()) {
    answer.kind = no_answer;
  } else if (!base::equal_secrets(parameter(parameters, "state"), state)) {
    answer.kind = other_sign_in;
  } else if (!error.empty()) {
    answer.kind = refused;
    answer.error = plain_word(error);
  } else {
    answer.kind = code_given;
    answer.code = base::Secret(code);
  }
  return answer;
}

std::map<std::string, std::string> pasted_parameters(std::string_view line) {
  std::string text = base::trim(line);
  const auto wraps = [](char letter) {
    return letter == '"' || letter == '\'' || letter == '<' || letter == '>' || letter == '`';
  };
  while (!text.empty() && wraps(text.front())) text.erase(0, 1);
  while (!text.empty() && wraps(text.back())) text.pop_back();
  text = text.substr(0, text.find('#'));
  const auto question = text.find('?');
  if (question != std::string::npos) text.erase(0, question + 1);
  return net::parse_query(text);
}

}  // namespace soundlake::spotify
