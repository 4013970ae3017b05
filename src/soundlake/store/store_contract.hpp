// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

/// Test support: what every store has to do, written once. A store's own test says
///
///   INSTANTIATE_TEST_SUITE_P(Local, StoreContract, testing::Values(StoreUnderTest{"folder",
///   make}));
namespace soundlake::store {

struct StoreUnderTest {
  std::string name;
  /// An empty store, owned with whatever has to be cleaned up after the test.
  std::function<std::shared_ptr<Store>()> make;
  friend std::ostream& operator<<(std::ostream& out, const StoreUnderTest& store) {
    return out << store.name;
  }
};

class StoreContract : public testing::TestWithParam<StoreUnderTest> {
 protected:
  StoreContract() : store_(GetParam().make()) {}

  std::string bytes_of(const std::string& key) {
    const auto object = store_->get(key);
    return object ? object->bytes : "(no such object)";
  }
  std::vector<std::string> keys_below(const std::string& prefix) {
    std::vector<std::string> keys;
    for (const auto& info : store_->list(prefix)) keys.push_back(info.key);
    return keys;
  }

  std::shared_ptr<Store> store_;
};

TEST_P(StoreContract, GivesBackWhatWasPut) {
  const std::string bytes("a\0b\r\n\xff", 6);
  const auto etag = store_->put("tables/a.bin", bytes, Precondition::none());
  ASSERT_TRUE(etag);
  const auto object = store_->get("tables/a.bin");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->bytes, bytes);
  EXPECT_EQ(object->etag, *etag);
}

TEST_P(StoreContract, GivesBackAnEmptyObject) {
  ASSERT_TRUE(store_->put("empty", "", Precondition::absent()));
  EXPECT_EQ(bytes_of("empty"), "");
}

TEST_P(StoreContract, GivesBackABigObject) {
  std::string bytes(24U << 20U, '\0');
  std::uint32_t state = 7;
  for (char& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24U);
  }
  ASSERT_TRUE(store_->put("plays/big.parquet", bytes, Precondition::none()));
  EXPECT_TRUE(bytes_of("plays/big.parquet") == bytes);
  EXPECT_EQ(store_->list("plays/").at(0).size, bytes.size());
}

TEST_P(StoreContract, HasNothingUnderAKeyThatWasNeverPut) {
  EXPECT_FALSE(store_->get("nothing"));
  EXPECT_FALSE(store_->get("no/such/folder"));
  store_->put("a/b", "object", Precondition::none());
  EXPECT_FALSE(store_->get("a")) << "the first part of a key is no object";
  EXPECT_FALSE(store_->get("a/b/c")) << "nothing lies below an object";
}

TEST_P(StoreContract, KeepsKeysApartWhateverTheyAreMadeOf) {
  const std::vector<std::string> keys = {
      "%41",          "A",           "a b/c  d",
      "a+b/c+d",      "a%20b",       "plays/year=2024/plays.parquet",
      "q?x=1&y=2",    "hash#tag",    "Sigur R\xC3\xB3s/\xE2\x9C\x93",
      "back\\slash",  "quote'\"",    "~tilde*star",
      ".hidden/file", "trailing. /x"};
  for (const auto& key : keys)
    ASSERT_TRUE(store_->put(key, "of " + key, Precondition::absent())) << key;
  for (const auto& key : keys) EXPECT_EQ(bytes_of(key), "of " + key);
  EXPECT_THAT(keys_below(""), testing::UnorderedElementsAreArray(keys));
}

TEST_P(StoreContract, RefusesKeysThatCouldLeaveTheStore) {
  for (const std::string key :
       {"", "/etc/passwd", "../a", "a/../b", "a/..", "./a", "a//b", "a/", "."}) {
    EXPECT_THROW(store_->get(key), Error) << key;
    EXPECT_THROW(store_->put(key, "x", Precondition::none()), Error) << key;
    EXPECT_THROW(store_->remove(key, Precondition::none()), Error) << key;
  }
  EXPECT_THROW(store_->get(std::string("a\0b", 3)), Error);
  EXPECT_THROW(store_->list("../"), Error);
  EXPECT_THROW(store_->list("a"), Error) << "a prefix ends with a slash";
  EXPECT_THAT(keys_below(""), testing::IsEmpty());
}

TEST_P(StoreContract, ReplacesWithoutACondition) {
  store_->put("k", "one", Precondition::none());
  store_->put("k", "two", Precondition::none());
  EXPECT_EQ(bytes_of("k"), "two");
}

TEST_P(StoreContract, PutsWhatMustBeAbsentOnlyOnce) {
  EXPECT_TRUE(store_->put("k", "first", Precondition::absent()));
  EXPECT_FALSE(store_->put("k", "second", Precondition::absent()));
  EXPECT_FALSE(store_->put("k", "first", Precondition::absent()))
      << "equal bytes are an object too";
  EXPECT_EQ(bytes_of("k"), "first");
}

TEST_P(StoreContract, ReplacesOnlyTheVersionThatWasRead) {
  const auto first = store_->put("k", "first", Precondition::none());
  const auto second = store_->put("k", "second", Precondition::matches(*first));
  ASSERT_TRUE(second);
  EXPECT_NE(*second, *first);
  EXPECT_FALSE(store_->put("k", "third", Precondition::matches(*first)));
  EXPECT_EQ(bytes_of("k"), "second");
}

TEST_P(StoreContract, DoesNotMakeAnObjectThatWasToBeReplaced) {
  const auto etag = store_->put("k", "bytes", Precondition::none());
  store_->remove("k", Precondition::none());
  EXPECT_FALSE(store_->put("k", "bytes", Precondition::matches(*etag)));
  EXPECT_FALSE(store_->get("k"));
  EXPECT_THAT(keys_below(""), testing::IsEmpty());
}

TEST_P(StoreContract, RemovesOnlyTheVersionThatWasRead) {
  const auto first = store_->put("a/k", "first", Precondition::none());
  const auto second = store_->put("a/k", "second", Precondition::none());
  EXPECT_FALSE(store_->remove("a/k", Precondition::matches(*first)));
  EXPECT_EQ(bytes_of("a/k"), "second");
  EXPECT_TRUE(store_->remove("a/k", Precondition::matches(*second)));
  EXPECT_FALSE(store_->get("a/k"));
}

TEST_P(StoreContract, RemovingWhatIsNotThereIsDone) {
  EXPECT_TRUE(store_->remove("k", Precondition::none()));
  EXPECT_TRUE(store_->remove("a/b/k", Precondition::matches("etag")));
}

TEST_P(StoreContract, ListsBelowAPrefixInByteOrder) {
  for (const char* key : {"a/c", "a/b/z", "a/b.x", "ab/c", "a/B", "b/a"}) {
    store_->put(key, key, Precondition::none());
  }
  EXPECT_THAT(keys_below("a/"), testing::ElementsAre("a/B", "a/b.x", "a/b/z", "a/c"));
  EXPECT_THAT(keys_below("a/b/"), testing::ElementsAre("a/b/z"));
  EXPECT_THAT(keys_below("c/"), testing::IsEmpty());
  EXPECT_THAT(keys_below(""), testing::ElementsAre("a/B", "a/b.x", "a/b/z", "a/c", "ab/c", "b/a"));
  EXPECT_EQ(store_->list("b/").at(0).size, 3U);
}

TEST_P(StoreContract, TellsTheFactsOfAnObject) {
  const auto etag = store_->put("k", "some bytes", Precondition::none());
  const auto facts = store_->look("k");
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->size, 10U);
  EXPECT_EQ(facts->etag, *etag);
  EXPECT_EQ(facts->sha256.value_or(base::sha256_hex("some bytes")), base::sha256_hex("some bytes"));
  EXPECT_FALSE(store_->look("none"));
}

TEST_P(StoreContract, PutsSeveralObjectsEachUnderItsOwnCondition) {
  store_->put("b", "is there", Precondition::none());
  const std::vector<std::string> keys = {"a", "b", "c/d"};
  std::vector<bool> was_put(keys.size());
  store_->put_all(
      keys.size(),
      [&](std::size_t i) {
        return Upload{.key = keys[i], .bytes = "new", .precondition = Precondition::absent()};
      },
      [&](std::size_t i, const std::optional<std::string>& etag) {
        was_put[i] = etag.has_value();
      });
  EXPECT_THAT(was_put, testing::ElementsAre(true, false, true));
  EXPECT_EQ(bytes_of("b"), "is there");
  EXPECT_EQ(bytes_of("c/d"), "new");
}

TEST_P(StoreContract, IsClaimedOnce) {
  EXPECT_TRUE(claim(*store_, "_soundlake/HEAD.json", "first"));
  EXPECT_FALSE(claim(*store_, "_soundlake/HEAD.json", "second"));
  EXPECT_EQ(bytes_of("_soundlake/HEAD.json"), "first");
}

TEST_P(StoreContract, LetsExactlyOneOfManyWritersReplaceAVersion) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 25;
  auto etag = store_->put("k", "start", Precondition::absent());
  for (int round = 0; round < kRounds; ++round) {
    std::atomic<int> winners = 0;
    std::atomic<int> ready = 0;
    std::vector<std::string> next(kThreads);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        for (++ready; ready < kThreads;) std::this_thread::yield();
        const auto mine = store_->put("k", std::to_string(round) + "/" + std::to_string(i),
                                      Precondition::matches(*etag));
        if (mine) {
          ++winners;
          next[static_cast<std::size_t>(i)] = *mine;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    ASSERT_EQ(winners, 1) << "round " << round;
    for (const auto& won : next) {
      if (!won.empty()) etag = won;
    }
  }
  EXPECT_EQ(store_->get("k")->etag, *etag);
}

TEST_P(StoreContract, LetsExactlyOneOfManyWritersPutWhatMustBeAbsent) {
  constexpr int kThreads = 8;
  for (int round = 0; round < 15; ++round) {
    std::atomic<int> winners = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        const std::string key = "claim/" + std::to_string(round);
        if (store_->put(key, std::to_string(i), Precondition::absent())) ++winners;
      });
    }
    for (auto& thread : threads) thread.join();
    ASSERT_EQ(winners, 1) << "round " << round;
  }
}

TEST_P(StoreContract, ShowsOnlyWholeObjectsToReadersWhileTheyAreReplaced) {
  const std::string one(200'000, '1');
  const std::string two(300'000, '2');
  store_->put("k", one, Precondition::none());
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) store_->put("k", i % 2 == 0 ? two : one, Precondition::none());
    done = true;
  });
  int torn = 0;
  while (!done) {
    const auto seen = store_->get("k");
    if (!seen || (seen->bytes != one && seen->bytes != two)) ++torn;
    if (store_->list("").size() != 1) ++torn;
  }
  writer.join();
  EXPECT_EQ(torn, 0);
}

}  // namespace soundlake::store
