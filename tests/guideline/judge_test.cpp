// judge: the conjunction of three-valued conditions, escalation, expiry.
#include <boost/test/unit_test.hpp>

#include "guideline/judge.hpp"

using namespace rectal_cds;
using base::Truth;
using domain::Hook;
using domain::Input;
using guideline::Indicator;
using guideline::Recommendation;

namespace {

constexpr base::Day today = std::chrono::year{2026} / 3 / 2;

domain::FactId fact(std::string_view name) {
    const auto id = domain::find_fact(name);
    BOOST_TEST_REQUIRE(id.has_value(), "not in the vocabulary: " << name);
    return *id;
}

// Two facts that can have each truth independently: age by the birth date, T4b by the T category.
const char* const adult = "Age 18 years or more";
const char* const t4b = "T4b";

domain::Case patient(Truth is_adult, Truth is_t4b) {
    domain::Case record;
    record.today = today;
    if (is_adult != Truth::unknown) {
        record.birth = base::DateInterval::exactly(std::chrono::year{is_adult == Truth::yes ? 1960 : 2015} / 1 / 1);
    }
    if (is_t4b != Truth::unknown)
        record.t_categories.push_back({{"Observation/t", "T", std::nullopt}, is_t4b == Truth::yes});
    return record;
}

Recommendation on(std::vector<std::string_view> names) {
    Recommendation recommendation;
    recommendation.id = "small";
    recommendation.expires = today + std::chrono::days{1};
    for (const std::string_view name : names) recommendation.conditions.push_back(fact(name));
    return recommendation;
}

guideline::Verdict verdict_of(const Recommendation& recommendation, const domain::Case& record) {
    domain::Facts facts(record);
    return guideline::judge(recommendation, facts);
}

constexpr Truth truths[] = {Truth::no, Truth::unknown, Truth::yes};

}  // namespace

BOOST_AUTO_TEST_SUITE(applies)

BOOST_AUTO_TEST_CASE(the_test_patients_have_the_truths_they_are_made_for) {
    for (const Truth a : truths) {
        for (const Truth b : truths) {
            const domain::Case record = patient(a, b);
            domain::Facts facts(record);
            BOOST_TEST((facts[adult].truth == a && facts[t4b].truth == b));
        }
    }
}

// no beats unknown beats yes: a treatment is not advised on what is not known, and not withheld as refuted either.
BOOST_AUTO_TEST_CASE(is_the_kleene_conjunction_of_all_conditions) {
    const Recommendation recommendation = on({adult, t4b});
    for (const Truth a : truths) {
        for (const Truth b : truths) {
            const auto verdict = verdict_of(recommendation, patient(a, b));
            BOOST_TEST((verdict.applies == std::min(a, b)), word(a) << " and " << word(b));
            BOOST_TEST(verdict.fires() == (a == Truth::yes && b == Truth::yes));
        }
    }
}

BOOST_AUTO_TEST_CASE(does_not_depend_on_the_order_of_the_conditions) {
    for (const Truth a : truths) {
        for (const Truth b : truths) {
            const domain::Case record = patient(a, b);
            BOOST_TEST((verdict_of(on({adult, t4b}), record).applies == verdict_of(on({t4b, adult}), record).applies));
        }
    }
}

BOOST_AUTO_TEST_CASE(follows_a_single_condition) {
    for (const Truth a : truths) BOOST_TEST((verdict_of(on({adult}), patient(a, Truth::no)).applies == a));
}

BOOST_AUTO_TEST_CASE(names_its_recommendation) {
    const Recommendation recommendation = on({adult});
    BOOST_TEST(verdict_of(recommendation, patient(Truth::yes, Truth::yes)).recommendation == &recommendation);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(severity)

BOOST_AUTO_TEST_CASE(is_the_base_severity_unless_an_escalation_is_yes) {
    Recommendation recommendation = on({adult});
    recommendation.indicator = Indicator::warning;
    recommendation.escalations.push_back({fact(t4b), Indicator::critical});
    BOOST_TEST((verdict_of(recommendation, patient(Truth::yes, Truth::yes)).indicator == Indicator::critical));
    BOOST_TEST((verdict_of(recommendation, patient(Truth::yes, Truth::unknown)).indicator == Indicator::warning));
    BOOST_TEST((verdict_of(recommendation, patient(Truth::yes, Truth::no)).indicator == Indicator::warning));
}

BOOST_AUTO_TEST_CASE(is_that_of_the_first_escalation_that_holds) {
    Recommendation recommendation = on({adult});
    recommendation.escalations = {{fact(t4b), Indicator::critical}, {fact(adult), Indicator::warning}};
    BOOST_TEST((verdict_of(recommendation, patient(Truth::yes, Truth::yes)).indicator == Indicator::critical));
    BOOST_TEST((verdict_of(recommendation, patient(Truth::yes, Truth::no)).indicator == Indicator::warning));
}

BOOST_AUTO_TEST_CASE(has_the_words_of_cds_hooks) {
    BOOST_TEST(word(Indicator::info) == "info");
    BOOST_TEST(word(Indicator::warning) == "warning");
    BOOST_TEST(word(Indicator::critical) == "critical");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(expiry)

BOOST_AUTO_TEST_CASE(content_is_assessed_until_the_day_before_it_expires) {
    Recommendation recommendation = on({adult});
    const domain::Case record = patient(Truth::yes, Truth::no);
    recommendation.expires = today + std::chrono::days{1};
    BOOST_TEST(verdict_of(recommendation, record).fires());
    recommendation.expires = today;
    BOOST_TEST(verdict_of(recommendation, record).expired);
    BOOST_TEST(!verdict_of(recommendation, record).fires());
}

// The facts still say that it would apply: what is withheld can be named.
BOOST_AUTO_TEST_CASE(expired_content_applies_but_does_not_fire) {
    Recommendation recommendation = on({adult});
    recommendation.expires = today - std::chrono::days{1};
    const auto verdict = verdict_of(recommendation, patient(Truth::yes, Truth::no));
    BOOST_TEST((verdict.applies == Truth::yes && verdict.expired && !verdict.fires()));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hooks)

BOOST_AUTO_TEST_CASE(only_recommendations_of_the_hook_are_judged_in_the_order_given) {
    std::vector<Recommendation> all{on({adult}), on({adult}), on({adult})};
    all[0].id = "first";
    all[0].hooks = 0b001;
    all[1].id = "second";
    all[1].hooks = 0b110;
    all[2].id = "third";
    all[2].hooks = 0b101;
    const auto ids_at = [&](Hook hook) {
        domain::Case record = patient(Truth::yes, Truth::no);
        record.hook = hook;
        domain::Facts facts(record);
        std::string ids;
        for (const auto& verdict : guideline::judge_all(all, facts)) ids += verdict.recommendation->id + ' ';
        return ids;
    };
    BOOST_TEST(ids_at(Hook::patient_view) == "first third ");
    BOOST_TEST(ids_at(Hook::order_select) == "second ");
    BOOST_TEST(ids_at(Hook::order_sign) == "second third ");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(all_recommendations)

Recommendation at_every_hook(Recommendation recommendation) {
    recommendation.hooks.set();
    return recommendation;
}

BOOST_AUTO_TEST_CASE(that_the_time_did_not_reach_are_not_assessed_even_if_the_clock_went_back) {
    const std::vector<Recommendation> recommendations(3, at_every_hook(on({adult})));
    const domain::Case record = patient(Truth::yes, Truth::yes);
    domain::Facts facts(record);
    int asked = 0;
    const auto verdicts = guideline::judge_all(recommendations, facts, [&] { return ++asked == 2; });
    BOOST_TEST_REQUIRE(verdicts.size() == 3U);
    BOOST_TEST((verdicts[0].fires() && !verdicts[0].unreached));
    for (const std::size_t late : {1U, 2U}) {
        BOOST_TEST(verdicts[late].unreached);
        BOOST_TEST((verdicts[late].applies == Truth::unknown));
        BOOST_TEST(!verdicts[late].failed);
    }
}

BOOST_AUTO_TEST_CASE(that_a_fault_of_the_service_stopped_are_not_assessed_and_stop_no_other) {
    Recommendation faulty = at_every_hook(on({adult}));
    faulty.conditions.push_back(domain::FactId(-1));  // no such fact
    const std::vector<Recommendation> recommendations{faulty, at_every_hook(on({adult}))};
    const domain::Case record = patient(Truth::yes, Truth::yes);
    domain::Facts facts(record);
    const auto verdicts = guideline::judge_all(recommendations, facts, nullptr);
    BOOST_TEST_REQUIRE(verdicts.size() == 2U);
    BOOST_TEST((verdicts[0].failed && !verdicts[0].unreached));
    BOOST_TEST((verdicts[0].applies == Truth::unknown));
    BOOST_TEST((verdicts[1].fires() && !verdicts[1].failed));
}

BOOST_AUTO_TEST_SUITE_END()
