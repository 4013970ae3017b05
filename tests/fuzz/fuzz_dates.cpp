// SPDX-License-Identifier: Apache-2.0
// Times of any form: what can be read is what base reads, and is written again as it was.
#include "soundlake/base/time.hpp"
#include "soundlake/history/clock.hpp"

#include "driver.hpp"
#include <cstring>

namespace {

using namespace soundlake;

void read_and_write(std::string_view text) {
  const auto time = history::read_time(text);
  const auto reference = base::parse_utc(text);
  fuzz::require(time.has_value() == reference.has_value(), "read when and only when base reads it");
  if (time) {
    fuzz::require(time->at == base::to_unix_ms(*reference), "the same moment");
    const auto again = history::read_time(history::reported_text(time->at, time->form));
    fuzz::require(again == time, "written again, it is read as the same");
    if (time->form != history::TimeForm::utc_seconds) {
      fuzz::require(history::reported_text(time->at, time->form) == text, "written as it was");
    }
  }
  std::int64_t numbers[3] = {};
  std::memcpy(numbers, text.data(), std::min(text.size(), sizeof numbers));
  const auto ts = time ? time->at : 0;
  const auto ms = numbers[0] & 0x1FFFFFFF;
  const auto end = history::end_of_play(ts, ms, numbers[1]);
  fuzz::require(end == ts || end == numbers[1] + ms, "an end is reported or counted from a start");
}

}  // namespace

int main(int argc, char** argv) {
  return soundlake::fuzz::run(
      argc, argv,
      {"T", "Z", " ", ":", "-", ".", "00", "59", "60", "24", "02-29", "9999", "0000", "1"},
      read_and_write);
}
