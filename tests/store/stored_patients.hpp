// A store that two patients were served from, for what an operator does to it.
#pragma once

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "auth/pseudonym.hpp"
#include "store/feedback_export.hpp"
#include "store/key_file.hpp"
#include "store/samples.hpp"

namespace rectal_cds::store::test {

inline const Instant now = at("2026-06-01T00:00:00Z");

inline auth::Pseudonyms pseudonyms_in(const std::string& key_file) {
    return auth::Pseudonyms(std::move(read_or_create_key(key_file)).value());
}

// Patients 1 and 2, a card and feedback with a comment for each.
struct StoreWithPatients {
    testing::TemporaryFolder folder;
    StoreOptions options = in(folder);
    std::string key = (folder.path() / "key").string();
    std::string copy = (folder.path() / "copy.sqlite").string();
    std::string first = pseudonyms_in(key).of(client, "1"), second = pseudonyms_in(key).of(client, "2");

    StoreWithPatients() {
        options.key_fingerprint = pseudonyms_in(key).fingerprint();
        const auto store = opened(options);
        store->record_issued(about(first, 1));
        store->record_issued(about(second, 2));
        await_recorded(*store, 2);
        for (unsigned i = 1; i <= 2; ++i)
            BOOST_TEST(saved(*store, batch({overridden(uuid(i), "comment " + std::to_string(i))})) == Saved::ok);
        // As a program before the last steps of the schema left them.
        for (const char* const card : {"1", "2"})
            execute(options.place, "INSERT INTO issued_suggestion SELECT 'old-" + std::string(card) +
                                       "', uuid, 'Label' FROM issued_card WHERE encounter = 'encounter-" + card + "'");
    }
    static IssuedAnswer about(const std::string& pseudonym, unsigned number) {
        IssuedAnswer issued = answer({number});
        issued.patient = pseudonym;
        issued.encounter_id = "encounter-" + std::to_string(number);
        return issued;
    }
    std::vector<ExportedFeedback> exported(const std::string& place) const {
        std::vector<ExportedFeedback> all;
        BOOST_TEST(export_feedback(place, {}, [&](const auto& item) { all.push_back(item); }).ok());
        return all;
    }
    AuditChain chain() const {
        const auto found = verify_audit(options.place);
        BOOST_TEST_REQUIRE(found.ok());
        BOOST_TEST(!found.value().broken_at.has_value());
        return found.value();
    }
    long long rows(const std::string& condition) const {
        return number(options.place, "SELECT count(*) FROM " + condition);
    }
};

}  // namespace rectal_cds::store::test
