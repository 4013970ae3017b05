// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/daily_plays.hpp"

#include "soundlake/sim/random.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace soundlake::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// Sum of a week's factors is 7, so that the mean stays what was asked for. Monday first.
constexpr std::array<double, 7> kWeekdays = {0.88, 0.92, 0.95, 1.0, 1.25, 1.15, 0.85};
/// Sum is 12: more in the dark months, less on summer holidays.
constexpr std::array<double, 12> kMonths = {1.12, 1.06, 1.02, 0.98, 0.95, 0.92,
                                            0.82, 0.86, 1.0,  1.05, 1.1,  1.12};
/// When sessions begin, weights of the hours after 04:00.
constexpr std::array<int, 23> kWorkdayStarts = {1, 2,  6,  14, 12, 5,  4, 3, 6, 4, 3, 3,
                                                4, 12, 13, 9,  8,  10, 9, 5, 3, 1, 1};
constexpr std::array<int, 23> kWeekendStarts = {1, 1, 1, 2, 4,  8,  10, 9, 7, 6, 6, 7,
                                                8, 8, 8, 9, 10, 10, 9,  8, 6, 4, 2};
/// A discovered artist comes back after so many days, as if new again.
constexpr int kCycle = 1100;

template <std::size_t N>
std::size_t weighted(Random& random, const std::array<int, N>& weights) {
  int total = 0;
  for (const int weight : weights) total += weight;
  int left = random.between(0, total - 1);
  std::size_t i = 0;
  while (left >= weights[i]) left -= weights[i++];
  return i;
}

}  // namespace

DailyPlays::DailyPlays(const Catalogue& catalogue, std::uint64_t seed, double per_day)
    : catalogue_(catalogue), seed_(seed), per_day_(per_day) {
  const std::size_t count = catalogue.known_artists;
  std::vector<std::size_t> rank(count);
  for (std::size_t i = 0; i < count; ++i) rank[i] = i;
  Random order(seed, 50'000);
  for (std::size_t i = count; i > 1; --i) std::swap(rank[i - 1], rank[order.index(i)]);
  for (std::size_t i = 0; i < count; ++i) {
    Random random(seed, 60'000'000 + i);
    const auto& artist = catalogue.artists[i];
    Taste taste;
    taste.base = 1 / (static_cast<double>(rank[i]) + 8);
    // The hand-made names stay in view.
    taste.always = i < 22 || random.chance(0.5);
    taste.phase = random.between(0, kCycle - 1);
    taste.mood_period = random.between(90, 420);
    taste.favourites = artist.tracks;
    for (std::size_t t = taste.favourites.size(); t > 1; --t)
      std::swap(taste.favourites[t - 1], taste.favourites[random.index(t)]);
    taste.albums.assign(artist.albums.rbegin(), artist.albums.rend());
    for (const auto album : taste.albums)
      taste.album_days.push_back(catalogue.albums[album].released);
    tastes_.push_back(std::move(taste));
  }
}

double DailyPlays::interest(const Taste& taste, base::Day day) const {
  if (taste.album_days.empty() || taste.album_days.front() > day) return 0;
  const int today = static_cast<int>(day.time_since_epoch().count());
  const int in_mood = std::abs((today + taste.phase) % taste.mood_period);
  const double mood = 0.5 + std::abs(2.0 * in_mood / taste.mood_period - 1);  // 0.5 … 1.5
  double love = 1;
  if (!taste.always) {
    const int age = ((today - taste.phase) % kCycle + kCycle) % kCycle;
    if (age < 21)
      love = 6;
    else if (age < 120)
      love = 6 - 5.0 * (age - 21) / 99;
    else if (age < 500)
      love = 1 - 0.75 * (age - 120) / 380;
    else
      love = age < 900 ? 0.25 : 0;
  }
  // A new release brings its artist back.
  const auto next = std::upper_bound(taste.album_days.begin(), taste.album_days.end(), day);
  if (day - *(next - 1) < days(40)) love *= 2.2;
  return taste.base * mood * love;
}

/// The day being written.
class DailyPlays::Diary {
 public:
  Diary(const DailyPlays& of, base::Day day)
      : of_(of),
        day_(day),
        random_(of.seed_,
                100'000'000 + static_cast<std::uint64_t>(day.time_since_epoch().count())) {}

  std::vector<SimulatedPlay> write() {
    double sum = 0;
    for (const auto& taste : of_.tastes_) upto_.push_back(sum += of_.interest(taste, day_));
    if (sum <= 0) return {};
    const unsigned weekday = std::chrono::weekday(day_).iso_encoding() - 1;
    const unsigned month = unsigned(std::chrono::year_month_day(day_).month()) - 1;
    // One day in sixteen without music; the others make up for it.
    const double busy = random_.chance(1.0 / 16) ? 0 : random_.between(0.45, 1.55) * 16 / 15;
    const double wish = of_.per_day_ * kWeekdays[weekday] * kMonths[month] * busy + random_.unit();
    const auto plays = static_cast<std::size_t>(wish);

    std::vector<base::Instant> starts;
    for (std::size_t planned = 0; planned < plays;) {
      planned += static_cast<std::size_t>(random_.between(5, 22));
      const auto hour =
          weekday < 5 ? weighted(random_, kWorkdayStarts) : weighted(random_, kWeekendStarts);
      starts.push_back(base::Instant(day_) + hours(4 + hour) +
                       milliseconds(random_.between(0, 3'599'999)));
    }
    std::sort(starts.begin(), starts.end());
    now_ = base::Instant(day_) + hours(4);
    for (std::size_t s = 0; s < starts.size() && plays_.size() < plays; ++s) {
      now_ = std::max(now_, starts[s]);
      session((plays - plays_.size() + starts.size() - s - 1) / (starts.size() - s));
    }
    return std::move(plays_);
  }

 private:
  bool over() const { return now_ >= base::Instant(day_) + hours(27); }

  std::size_t any_artist() {
    const double wanted = random_.unit() * upto_.back();
    const auto at = std::upper_bound(upto_.begin(), upto_.end(), wanted);
    return std::min(static_cast<std::size_t>(at - upto_.begin()), upto_.size() - 1);
  }
  /// Evenly among those that are of interest at all.
  std::size_t odd_artist() {
    const auto artist = random_.index(upto_.size());
    const double before = artist == 0 ? 0 : upto_[artist - 1];
    return upto_[artist] > before ? artist : any_artist();
  }

  void session(std::size_t length) {
    platform_ = random_.chance(0.62) ? "android" : random_.chance(0.7) ? "linux" : "web_player";
    offline_ = random_.chance(0.06);
    const double mood = random_.unit();
    shuffle_ = mood > 0.72;
    started_by_ = "clickrow";
    if (mood < 0.07 && !of_.catalogue_.episodes.empty()) {
      hear_episode();
      if (length > 0) --length;
    }
    while (length > 0 && !over()) {
      const auto artist = random_.chance(0.12) ? odd_artist() : any_artist();
      if (mood < 0.3)
        length -= hear_album(artist, length);
      else if (mood < 0.72)
        length -= hear_some(artist, std::min<std::size_t>(length, 1 + random_.index(4)));
      else
        length -= hear_some(artist, 1);
    }
  }

  std::size_t hear_album(std::size_t artist, std::size_t most) {
    const auto& taste = of_.tastes_[artist];
    const auto out = std::upper_bound(taste.album_days.begin(), taste.album_days.end(), day_);
    const auto released = static_cast<std::size_t>(out - taste.album_days.begin());
    // The newest ones more often.
    const double age = random_.unit();
    const auto place =
        released - 1 - static_cast<std::size_t>(age * age * static_cast<double>(released));
    std::size_t heard = 0;
    for (const auto track : of_.catalogue_.albums[taste.albums[place]].tracks) {
      if (heard == most || over()) break;
      hear_track(track);
      ++heard;
    }
    return heard;
  }

  std::size_t hear_some(std::size_t artist, std::size_t count) {
    const auto& taste = of_.tastes_[artist];
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t track = taste.favourites[0];
      for (int tries = 0; tries < 12; ++tries) {
        const double depth = random_.unit();
        track = taste.favourites[static_cast<std::size_t>(
            depth * depth * static_cast<double>(taste.favourites.size()))];
        if (released(track)) break;
      }
      if (!released(track)) track = of_.catalogue_.albums[taste.albums[0]].tracks[0];
      hear_track(track);
    }
    return count;
  }

  bool released(std::size_t track) const {
    return of_.catalogue_.albums[of_.catalogue_.tracks[track].album].released <= day_;
  }

  void hear_track(std::size_t index) {
    const int whole = of_.catalogue_.tracks[index].duration_ms;
    const double patience = random_.unit();
    SimulatedPlay play;
    play.index = static_cast<std::uint32_t>(index);
    if (patience < 0.17) {
      play.ms_played = std::min(whole, random_.between(600, 29'000));
      play.reason_end = "fwdbtn";
    } else if (patience < 0.27) {
      play.ms_played = std::min(whole, random_.between(30'000, std::max(30'000, whole)));
      play.reason_end = random_.chance(0.6) ? "fwdbtn" : "endplay";
    } else {
      play.ms_played = whole;
      play.reason_end = "trackdone";
    }
    put(play);
  }

  void hear_episode() {
    const auto index = random_.index(of_.catalogue_.episodes.size());
    SimulatedPlay play;
    play.kind = SimulatedPlay::Kind::episode;
    play.index = static_cast<std::uint32_t>(index);
    play.ms_played = of_.catalogue_.episodes[index].duration_ms;
    play.reason_end = "trackdone";
    if (random_.chance(0.4)) {
      play.ms_played = random_.between(60'000, play.ms_played);
      play.reason_end = "endplay";
    }
    put(play);
  }

  void put(SimulatedPlay play) {
    play.shuffle = shuffle_;
    play.offline = offline_;
    play.platform = platform_;
    play.reason_start = started_by_;
    started_by_ = play.reason_end;
    now_ += milliseconds(play.ms_played);
    play.ended_at = now_;
    now_ += milliseconds(random_.between(40, 2'600));
    plays_.push_back(play);
  }

  const DailyPlays& of_;
  base::Day day_;
  Random random_;
  std::vector<double> upto_;  ///< running sum of the artists' interest
  std::vector<SimulatedPlay> plays_;
  base::Instant now_;
  bool shuffle_ = false;
  bool offline_ = false;
  const char* platform_ = "";
  const char* started_by_ = "";
};

std::vector<SimulatedPlay> DailyPlays::of(base::Day day) const {
  return Diary(*this, day).write();
}

}  // namespace soundlake::sim
