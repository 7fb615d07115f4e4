// json::Document and json::Value: what is read, and what a look at it answers.
#include "json/document.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <thread>
#include <vector>

using rectal_cds::json::Document;
using rectal_cds::json::Value;

namespace {

Document read(std::string text) {
    auto document = Document::parse(std::move(text));
    BOOST_TEST_REQUIRE(document.ok());
    return std::move(document).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_json_value)

BOOST_AUTO_TEST_CASE(knows_what_it_is) {
    const Document document = read(R"({"o":{},"a":[],"s":"","n":0,"b":false,"z":null})");
    const Value root = document.root();
    BOOST_TEST(root.is_object());
    BOOST_TEST((root["o"].is_object() && root["a"].is_array() && root["s"].is_string()));
    BOOST_TEST((root["n"].is_number() && root["b"].is_boolean() && root["z"].is_null()));
    BOOST_TEST(!root["a"].is_object());
    BOOST_TEST(!root["s"].is_null());
}

BOOST_AUTO_TEST_CASE(that_is_missing_answers_empty_however_far_it_is_followed) {
    const Document document = read(R"({"code":{"text":"CEA"}})");
    const Value missing = document.root()["subject"]["reference"]["deeper"];
    BOOST_TEST(!missing.exists());
    BOOST_TEST(missing.text() == "");
    BOOST_TEST(!missing.number());
    BOOST_TEST(!missing.integer());
    BOOST_TEST(!missing.boolean());
    BOOST_TEST(missing.size() == 0U);
    BOOST_TEST(!missing.at(0).exists());
    BOOST_TEST(!missing.is_null());
    for (const Value element : missing.elements()) BOOST_ERROR("element of nothing " << element.text());
    for (const auto& [name, value] : missing.members()) BOOST_ERROR("member of nothing " << name << value.text());
}

BOOST_AUTO_TEST_CASE(of_another_kind_answers_empty_too) {
    const Document document = read(R"({"text":7,"list":{"a":1}})");
    BOOST_TEST(document.root()["text"].text() == "");
    BOOST_TEST(!document.root()["text"]["inner"].exists());
    BOOST_TEST(!document.root()["list"].at(0).exists());
    for (const Value element : document.root()["list"].elements())
        BOOST_ERROR("an object has no element" << element.size());
}

BOOST_AUTO_TEST_CASE(that_is_null_exists) {
    const Document document = read(R"({"prefetch":null})");
    BOOST_TEST(document.root()["prefetch"].exists());
    BOOST_TEST(document.root()["prefetch"].is_null());
}

BOOST_AUTO_TEST_CASE(walks_elements_and_members_in_the_order_of_the_text) {
    const Document document = read(R"([{"b":1,"a":2},"x",[3]])");
    std::string seen;
    for (const Value element : document.root().elements()) {
        for (const auto& [name, value] : element.members()) {
            seen += std::string(name) + std::to_string(*value.integer());
        }
        seen += std::string(element.text()) + std::to_string(element.size()) + ";";
    }
    BOOST_TEST(seen == "b1a22;x0;1;");
}

BOOST_AUTO_TEST_CASE(is_an_integer_only_if_it_is_written_as_one_and_fits) {
    const Document document =
        read("[0,-1,9223372036854775807,-9223372036854775808,9223372036854775808,1.0,1e3,18446744073709551616,\"1\"]");
    const Value list = document.root();
    BOOST_TEST(*list.at(0).integer() == 0);
    BOOST_TEST(*list.at(1).integer() == -1);
    BOOST_TEST(*list.at(2).integer() == INT64_MAX);
    BOOST_TEST(*list.at(3).integer() == INT64_MIN);
    for (std::size_t i : {4U, 5U, 6U, 7U, 8U}) BOOST_TEST(!list.at(i).integer().has_value());
    BOOST_TEST(*list.at(4).number() == 9223372036854775808.0);
    BOOST_TEST(*list.at(6).number() == 1000.0);
    BOOST_TEST(*list.at(7).number() == 18446744073709551616.0);
    BOOST_TEST(!list.at(8).number().has_value());
}

// Each of these is misread by RapidJSON 1.1.0 with kParseFullPrecisionFlag.
BOOST_AUTO_TEST_CASE(has_the_number_that_was_written) {
    const Document document =
        read("[0e100,0.000000000000000000000000,0.184467440737095516159,1e-400,-0,5.0,0.10,1e22]");
    const double expected[] = {0.0, 0.0, 0.184467440737095516159, 0.0, 0.0, 5.0, 0.10, 1e22};
    for (std::size_t i = 0; i < document.root().size(); ++i) {
        BOOST_TEST(*document.root().at(i).number() == expected[i], boost::test_tools::tolerance(1e-15));
    }
}

BOOST_AUTO_TEST_CASE(of_a_laboratory_is_the_very_double_the_compiler_reads) {
    for (int digits = 0; digits < 20'000; ++digits) {
        const std::string text = std::to_string(digits / 1000) + '.' + std::to_string(1000 + digits % 1000).substr(1);
        const Document document = read("[" + text + "]");
        BOOST_TEST_REQUIRE(*document.root().at(0).number() == std::stod(text));
    }
}

BOOST_AUTO_TEST_CASE(unescapes_text) {
    const Document document = read(R"(["a\"b\\c\/d\b\f\n\r\t\u00e9\ud83d\ude00","\u0001\uFFFF"])");
    BOOST_TEST(document.root().at(0).text() == "a\"b\\c/d\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80");
    BOOST_TEST(document.root().at(1).text() == "\x01\xEF\xBF\xBF");
}

BOOST_AUTO_TEST_CASE(may_be_the_whole_text) {
    BOOST_TEST(*read(" 5 ").root().integer() == 5);
    BOOST_TEST(read("\"x\"").root().text() == "x");
    BOOST_TEST(read("null").root().is_null());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_json_document)

BOOST_AUTO_TEST_CASE(keeps_its_values_when_it_moves) {
    Document first = read(R"(["short",1])");
    const Value element = first.root().at(0);
    Document second = std::move(first);
    BOOST_TEST(element.text() == "short");
    BOOST_TEST(!first.root().exists());  // a moved-from document is empty, not broken
    first = std::move(second);
    BOOST_TEST(element.text() == "short");
    first = read("[2]");
    BOOST_TEST(*first.root().at(0).integer() == 2);
}

BOOST_AUTO_TEST_CASE(does_not_disturb_another_that_uses_memory_of_an_earlier_one) {
    std::vector<Document> documents;
    for (int round = 0; round < 3; ++round) {
        documents.clear();
        for (int i = 0; i < 5; ++i) documents.push_back(read("[\"document " + std::to_string(i) + "\"]"));
        for (int i = 0; i < 5; ++i) {
            BOOST_TEST(documents[static_cast<std::size_t>(i)].root().at(0).text() == "document " + std::to_string(i));
        }
    }
}

BOOST_AUTO_TEST_CASE(is_readable_after_one_that_failed) {
    BOOST_TEST(!Document::parse("{\"a\":[1,2,{\"b\":").ok());
    BOOST_TEST(read("[7]").root().size() == 1U);
}

BOOST_AUTO_TEST_CASE(may_end_on_another_thread_than_it_began_on) {
    std::vector<Document> documents;
    std::thread([&documents] {
        for (int i = 0; i < 4; ++i) documents.push_back(read("[" + std::to_string(i) + "]"));
    }).join();
    BOOST_TEST(*documents[3].root().at(0).integer() == 3);
    std::thread([moved = std::move(documents)]() mutable { moved.clear(); }).join();
}

BOOST_AUTO_TEST_SUITE_END()

// A secret is looked for in the very bytes that the Document took over.
BOOST_AUTO_TEST_SUITE(an_erased_string)

BOOST_AUTO_TEST_CASE(leaves_no_byte_behind_and_its_neighbours_alone) {
    for (const char* written : {"secret-token-0123456789", R"(secret\/token\/0123456789)", R"(\u0073ecret\/token)"}) {
        std::string text =
            std::string(R"({"before":"kept before", "a": ")") + written + R"(" , "n": 17, "after":"kept after"})";
        const char* const bytes = text.data();
        const std::size_t size = text.size();
        Document document = read(std::move(text));
        const std::string said(document.root()["a"].text());
        document.erase(document.root()["a"]);
        const std::string left(bytes, size);
        for (const char* part : {"secret", "ecret", "token", "123456789"})
            BOOST_TEST(left.find(part) == std::string::npos, written);
        BOOST_TEST(said.find("ecret") != std::string::npos);
        BOOST_TEST(document.root()["a"].text() == "");
        BOOST_TEST(document.root()["before"].text() == "kept before");
        BOOST_TEST(document.root()["after"].text() == "kept after");
        BOOST_TEST(document.root()["n"].integer().value_or(0) == 17);
    }
}

BOOST_AUTO_TEST_CASE(may_be_the_last_one_or_empty_or_missing) {
    Document document = read(R"(["", "last"])");
    document.erase(document.root().at(0));
    document.erase(document.root().at(1));
    document.erase(document.root().at(1));
    document.erase(document.root().at(2));
    document.erase(document.root());
    BOOST_TEST(document.root().size() == 2U);
    BOOST_TEST(document.root().at(1).text() == "");
}

BOOST_AUTO_TEST_SUITE_END()
