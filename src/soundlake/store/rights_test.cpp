// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/rights.hpp"

#include "soundlake/base/log.hpp"
#include "soundlake/store/s3_fault_proxy.hpp"

#include <gmock/gmock.h>

namespace soundlake::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Rights : public testing::Test {
 protected:
  Rights() : store_(proxy().server()) { base::set_log_level(base::LogLevel::off); }
  ~Rights() override {
    proxy().faults("[]");
    base::set_log_level(base::LogLevel::info);
  }
  static FaultProxy& proxy() {
    static FaultProxy one(versitygw());
    return one;
  }
  /// The names of the rights that were found missing.
  std::vector<std::string> missing() {
    std::vector<std::string> names;
    for (const auto& right : try_rights(store_)) {
      if (!right.there) names.push_back(right.name);
    }
    proxy().faults("[]");
    EXPECT_THAT(store_.list(""), IsEmpty()) << "nothing stays";
    return names;
  }
  void deny(const std::string& which) {
    proxy().faults(R"([{"fault": "status", "status": 403, "code": "AccessDenied", )" + which +
                   "}]");
  }

  OwnS3Store store_;
};

TEST_F(Rights, AreAllThereWhereEverythingIsAllowed) {
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(Rights, TellWhichOneIsMissing) {
  deny(R"("match": "list-type")");
  EXPECT_THAT(missing(), ElementsAre("list"));
  deny(R"("method": "GET", "match": "doctor")");
  EXPECT_THAT(missing(), ElementsAre("read"));
  deny(R"("method": "PUT")");
  EXPECT_THAT(missing(), ElementsAre("write"));
  deny(R"("method": "DELETE")");
  EXPECT_THAT(missing(), ElementsAre("delete"));
  proxy().faults(R"([{"fault": "unconditional", "method": "PUT"}])");
  EXPECT_THAT(missing(), ElementsAre("conditions"));
}

TEST_F(Rights, NameTheActionToAllow) {
  deny(R"("method": "DELETE")");
  const auto rights = try_rights(store_);
  EXPECT_THAT(rights.back().hint, HasSubstr("s3:DeleteObject"));
}

}  // namespace
}  // namespace soundlake::store
