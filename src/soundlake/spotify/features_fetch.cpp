// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/features_fetch.hpp"

#include "soundlake/spotify/catalogue_endpoints.hpp"

#include <algorithm>
#include <map>

namespace soundlake::spotify {

FeaturesFetch::FeaturesFetch(Asking& asking) : asking_(asking), questions_(asking.changed) {
  const auto known = asking.capabilities.find(Feature::audio_features);
  refused_ = known && !known->allowed();
}

void FeaturesFetch::want(const std::vector<std::string>& track_ids) {
  if (refused_) return;
  for (const std::string& id : track_ids) {
    if (!seen_.insert(id).second) continue;
    const auto kept = asking_.cache.find(kService, audio_feature_key(id));
    if (!kept || kept->fresh_until <= asking_.now) {
      pool_.push_back(id);
      continue;
    }
    const auto document = base::JsonDocument::try_parse(kept->body);
    if (!document) continue;
    if (const auto feature = read_audio_feature(document->root())) {
      asking_.collector.add(*feature, {kept->received_at, "GET /audio-features"});
    }
  }
}

void FeaturesFetch::flush(bool complete) {
  if (refused_ || questions_.stopped()) return;
  while (pool_.size() >= kAudioFeaturesAtOnce || (complete && !pool_.empty())) {
    const auto end =
        pool_.begin() + static_cast<std::ptrdiff_t>(std::min(pool_.size(), kAudioFeaturesAtOnce));
    std::vector<std::string> batch(pool_.begin(), end);
    pool_.erase(pool_.begin(), end);
    ask(std::move(batch));
  }
}

void FeaturesFetch::ask(std::vector<std::string> track_ids) {
  questions_.add([this, track_ids = std::move(track_ids)](const ProbeFirst::Answered& answered) {
    const Call call = audio_features_call(track_ids);
    asking_.api.get(call, [this, track_ids, call, answered](const Answer& answer) {
      answered(take(track_ids, call, answer));
    });
  });
}

ProbeFirst::Showed FeaturesFetch::take(const std::vector<std::string>& track_ids, const Call& call,
                                       const Answer& answer) {
  if (answer.kind == Answer::Kind::closed) return ProbeFirst::Showed::stop;
  if (answer.kind == Answer::Kind::failed) return ProbeFirst::Showed::nothing;
  if (answer.kind == Answer::Kind::refused) {
    if (answer.refusal.kind != RefusalKind::forbidden) {
      asking_.api.unexpected(call, answer.refusal);
      return ProbeFirst::Showed::nothing;
    }
    asking_.capabilities.learn(
        {.feature = Feature::audio_features,
         .value = 0,
         .learnt_at = answer.received_at,
         .learnt_from = call.name + " answered " + describe(answer.refusal)});
    return ProbeFirst::Showed::stop;
  }
  const auto objects = read_audio_features(answer.root);
  if (!objects) {
    asking_.api.unusable(call, "has no list of audio features");
    return ProbeFirst::Showed::nothing;
  }
  asking_.capabilities.learn({.feature = Feature::audio_features,
                              .value = 1,
                              .learnt_at = answer.received_at,
                              .learnt_from = call.name + " answered"});
  std::map<std::string, std::string> answer_of;
  for (const std::string& id : track_ids) answer_of[id] = "null";
  for (const base::JsonValue& object : *objects) {
    const auto feature = read_audio_feature(object);
    if (!feature) {
      ++asking_.found.counts.skipped;
      continue;
    }
    asking_.collector.add(*feature, {answer.received_at, call.name});
    // Places decide nothing: an object says itself which track it is about.
    if (const auto asked = answer_of.find(feature->id); asked != answer_of.end())
      asked->second = object.dump();
  }
  base::DatabaseTransaction together(asking_.state);
  for (const auto& [id, body] : answer_of) {
    asking_.cache.keep(
        kService, audio_feature_key(id),
        {.body = body,
         .etag = "",
         .received_at = answer.received_at,
         .fresh_until =
             answer.received_at + (body == "null" ? kNothingKnownFresh : kAudioFeaturesFresh)});
  }
  asking_.cache.flush();
  together.commit();
  return ProbeFirst::Showed::allowed;
}

}  // namespace soundlake::spotify
