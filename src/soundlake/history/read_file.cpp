// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/read_file.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/history/file_names.hpp"
#include "soundlake/history/json_rows.hpp"
#include "soundlake/history/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace soundlake::history {
namespace {

/// So many elements that are no plays are enough to know that a list is none of plays.
constexpr std::int64_t kEnoughToTell = 100;
constexpr std::size_t kMostRejectedListed = 100;

/// A part of a file in memory, moved on as it is read.
class Window {
 public:
  Window(ByteSource& source, std::size_t size, std::size_t most)
      : source_(source), buffer_(size), most_(most) {}

  std::string_view view() const { return {buffer_.data() + begin_, end_ - begin_}; }
  /// Where the view begins in the file.
  std::int64_t offset() const { return offset_; }
  /// What went wrong when the bytes ended before the file did.
  const std::string& trouble() const { return trouble_; }
  bool is_full() const { return end_ - begin_ == most_; }

  void drop(std::size_t count) {
    begin_ += count;
    offset_ += static_cast<std::int64_t>(count);
  }

  /// Reads on behind the view; false when there is nothing more, or no room for it.
  bool fill() {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    if (end_ == buffer_.size()) buffer_.resize(std::min(2 * buffer_.size(), most_));
    const auto before = end_;
    while (!ended_ && end_ < buffer_.size()) {
      try {
        const auto got = source_.read(buffer_.data() + end_, buffer_.size() - end_);
        end_ += got;
        ended_ = got == 0;
      } catch (const base::Error& error) {
        trouble_ = error.message();
        ended_ = true;
      }
    }
    return end_ > before;
  }

 private:
  ByteSource& source_;
  std::vector<char> buffer_;
  std::size_t most_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::int64_t offset_ = 0;
  bool ended_ = false;
  std::string trouble_;
};

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Some tools fill a file up with NUL.
bool is_blank_or_nul(char c) {
  return is_blank(c) || c == '\0';
}

std::size_t blanks_before(std::string_view bytes) {
  return static_cast<std::size_t>(std::find_if_not(bytes.begin(), bytes.end(), is_blank) -
                                  bytes.begin());
}

/// Why a file that begins so, behind blanks, is no list; empty when it may be one.
std::string why_no_list(std::string_view start) {
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF") ||
      (start.size() > 1 && (start[0] == '\0') != (start[1] == '\0'))) {
    return "UTF-16 text; save it as UTF-8";
  }
  if (start.empty()) return "empty";
  switch (start.front()) {
    case '[':
      return {};
    case '{':
      return "a JSON object, not a list of plays";
    case '<':
      return "HTML, not JSON";
    default:
      return "not JSON";
  }
}

class Reading {
 public:
  Reading(const std::string& name, ByteSource& bytes, const ReadLimits& limits,
          const std::function<void(std::int64_t)>& on_rows, RowTeller& teller)
      : name_(name),
        window_(bytes, limits.window, std::max(limits.row, limits.window)),
        on_rows_(on_rows),
        teller_(teller) {}

  FileReading read() {
    window_.fill();
    if (window_.view().starts_with("\xEF\xBB\xBF")) window_.drop(3);
    while (const auto blanks = blanks_before(window_.view())) {
      window_.drop(blanks);
      if (window_.view().size() < 2) window_.fill();
    }
    if (auto reason = why_no_list(window_.view()); !reason.empty()) {
      return nothing(window_.trouble().empty() ? reason : window_.trouble());
    }
    read_rows();
    if (!told_) {
      if (rows_ > 0) return nothing("a list, but not of plays");
      if (!file_.damage.empty()) return nothing(file_.damage);
      if (!named_like_history(name_)) return nothing("an empty list");
      file_.format = name_of(format_by_name(name_));
    }
    FileReading reading;
    file_.name = name_;
    file_.rows_read = rows_;
    reading.plays = teller_.take_rows();
    file_.plays = reading.plays.rows();
    reading.history = std::move(file_);
    return reading;
  }

 private:
  FileReading nothing(const std::string& reason) const {
    FileReading reading;
    reading.reason = reason;
    reading.failed = named_like_history(name_);
    return reading;
  }

  void read_rows() {
    RawRow row;
    std::size_t at = 0;
    std::int64_t told = 0;
    const auto tell_rows = [&] {
      on_rows_(rows_ - told);
      told = rows_;
    };
    for (;;) {
      const auto step = json_.next(window_.view(), at, row);
      if (step == JsonRows::Step::more) {
        tell_rows();
        window_.drop(at);
        at = 0;
        if (!window_.fill()) return end_early(std::nullopt);
      } else if (step == JsonRows::Step::end) {
        tell_rows();
        window_.drop(at);
        return expect_end();
      } else if (step == JsonRows::Step::broken) {
        tell_rows();
        return end_early(json_.begin());
      } else {
        ++rows_;
        take(step, row);
        if (!told_ && rows_ >= kEnoughToTell) return;
      }
    }
  }

  void take(JsonRows::Step step, const RawRow& row) {
    if (step == JsonRows::Step::other) return reject("not an object");
    if (!told_) {
      const auto format = format_of(row);
      if (!format) return reject("has neither a time nor a length");
      teller_.begin(*format, named_like_videos(name_));
      told_ = true;
      file_.format = name_of(*format);
    }
    if (auto reason = teller_.tell(row); !reason.empty()) reject(std::move(reason));
  }

  void reject(std::string reason) {
    ++file_.rows_rejected;
    if (file_.rejected.size() >= kMostRejectedListed) return;
    const auto offset = window_.offset() + static_cast<std::int64_t>(json_.begin());
    file_.rejected.push_back({rows_, offset, std::move(reason)});
  }

  /// The list ends before its end.
  /// @param broken_at where in the window it is no JSON; nothing when it is cut off
  void end_early(std::optional<std::size_t> broken_at) {
    std::string what = "not JSON";
    if (!broken_at) what = window_.is_full() ? "a row too large to be one" : "cut off";
    if (!window_.trouble().empty()) what = window_.trouble();
    const auto byte =
        window_.offset() + static_cast<std::int64_t>(broken_at.value_or(window_.view().size()));
    file_.damage = rows_ == 0 ? fmt::format("{} within the first row (byte {})", what, byte)
                              : fmt::format("{} after row {} (byte {})", what, rows_, byte);
  }

  /// Reads to the end of the bytes, where a checksum is compared.
  void expect_end() {
    do {
      const auto rest = window_.view();
      const auto* const found = std::find_if_not(rest.begin(), rest.end(), is_blank_or_nul);
      if (found != rest.end() && file_.damage.empty()) {
        file_.damage =
            fmt::format("something follows the end of the list (byte {})",
                        window_.offset() + static_cast<std::int64_t>(found - rest.begin()));
      }
      window_.drop(rest.size());
    } while (window_.fill());
    if (!window_.trouble().empty()) file_.damage = window_.trouble();
  }

  const std::string& name_;
  Window window_;
  const std::function<void(std::int64_t)>& on_rows_;
  JsonRows json_;
  RowTeller& teller_;
  bool told_ = false;  ///< what the rows are of: then they go to the teller
  ExportFile file_;
  std::int64_t rows_ = 0;
};

}  // namespace

FileReading read_history_file(const std::string& name, ByteSource& bytes, const ReadLimits& limits,
                              const std::function<void(std::int64_t)>& on_rows, RowTeller& teller) {
  return Reading(name, bytes, limits, on_rows, teller).read();
}

FileReading read_history_file(const std::string& name, ByteSource& bytes, const ReadLimits& limits,
                              const std::function<void(std::int64_t)>& on_rows) {
  RowTeller teller;
  auto reading = read_history_file(name, bytes, limits, on_rows, teller);
  reading.plays.texts = teller.plays().texts;
  reading.plays.contents = teller.plays().contents;
  return reading;
}

}  // namespace soundlake::history
