#include "json/document.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "json/memory.hpp"
#include "json/parse_filter.hpp"
#include "json/utf8.hpp"

namespace rectal_cds::json {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

// Never kParseFullPrecisionFlag: it is broken in RapidJSON 1.1.0 (`0e100` is read as -2.0e146).
// The UTF-8 check is simdjson's, ahead of the parse, at a fraction of kParseValidateEncodingFlag's cost.
constexpr unsigned parse_flags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag;

constexpr std::size_t first_block_bytes = 256u * 1024;  // the tree of a text of about 130 KB
constexpr std::size_t max_spare_storages = 2;           // per thread

Error malformed(std::size_t offset, std::string what) {
    return {ErrorKind::malformed, "byte " + std::to_string(offset), std::move(what)};
}

// What RapidJSON would let through or end at silently. Answers the first fault, or nothing.
std::optional<Error> find_fault_in_bytes(const std::string& bytes, const Limits& limits) {
    if (bytes.size() > limits.max_bytes) {
        return Error{ErrorKind::too_large, "byte " + std::to_string(limits.max_bytes),
                     "The JSON text is longer than " + std::to_string(limits.max_bytes) + " bytes."};
    }
    if (bytes.compare(0, 3, "\xEF\xBB\xBF") == 0) {
        return malformed(0, "The JSON text begins with a byte order mark, which RFC 8259 forbids.");
    }
    if (const auto nul = bytes.find('\0'); nul != std::string::npos) {
        return malformed(nul, "The JSON text holds a NUL byte.");
    }
    if (!is_utf8(bytes)) return malformed(valid_utf8_prefix(bytes), "The JSON text is not valid UTF-8.");
    return std::nullopt;
}

// Feeds a text to Tree::Populate through the filter.
struct FilteredParse {
    std::string& bytes;
    ParseFilter& filter;
    rapidjson::ParseResult outcome;

    bool operator()(Tree&) {
        rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, Memory> reader;
        rapidjson::InsituStringStream stream(bytes.data());
        outcome = reader.Parse<parse_flags>(stream, filter);
        return !outcome.IsError();
    }
};

// The compiler must not leave it out.
void overwrite(char* bytes, std::size_t size) {
    volatile char* byte = bytes;
    for (std::size_t i = 0; i < size; ++i) *byte++ = '\0';
}

Error describe(const rapidjson::ParseResult& outcome, const ParseFilter& filter) {
    std::string what = filter.refusal();
    if (what.empty()) {
        what = "The JSON text is malformed at byte " + std::to_string(outcome.Offset()) + ". ";
        what += rapidjson::GetParseError_En(outcome.Code());
    }
    std::string where = filter.place();
    if (where.empty()) where = "byte " + std::to_string(outcome.Offset());
    return {ErrorKind::malformed, std::move(where), std::move(what)};
}

}  // namespace

// Text, memory and tree of one Document. The tree points into the other two, so a Storage never moves.
struct Document::Storage {
    std::string bytes;
    std::unique_ptr<char[]> first_block{new char[first_block_bytes]};
    Pool allocator{first_block.get(), first_block_bytes};
    Tree tree{&allocator};

    void clear() {
        tree.SetNull();
        allocator.Clear();  // frees all but the first block
        std::string().swap(bytes);
    }
};

// Storages this thread has no use for at the moment. A Document may die on another thread than the one it was made
// on, or after its thread's spares; both are fine.
class Document::SpareStorage {
public:
    static std::unique_ptr<Storage> take() {
        if (!is_gone && spares.count > 0) return std::move(spares.storages[--spares.count]);
        return std::make_unique<Storage>();
    }

    static void give_back(std::unique_ptr<Storage> storage) {
        if (!storage || is_gone || spares.count >= max_spare_storages) return;
        storage->clear();
        spares.storages[spares.count++] = std::move(storage);
    }

private:
    struct Spares {
        std::array<std::unique_ptr<Storage>, max_spare_storages> storages;  // a Document ends without asking for memory
        std::size_t count = 0;
        ~Spares() { is_gone = true; }
    };
    static thread_local bool is_gone;  // trivial, so it may be read when Spares has been destroyed
    static thread_local Spares spares;
};

thread_local bool Document::SpareStorage::is_gone = false;
thread_local Document::SpareStorage::Spares Document::SpareStorage::spares;

Document::Document(std::unique_ptr<Storage> storage) : storage_(std::move(storage)) {}
Document::Document(Document&& other) noexcept = default;
Document::~Document() { SpareStorage::give_back(std::move(storage_)); }

Document& Document::operator=(Document&& other) noexcept {
    if (this != &other) {
        SpareStorage::give_back(std::move(storage_));
        storage_ = std::move(other.storage_);
    }
    return *this;
}

Value Document::root() const { return storage_ ? Value(static_cast<const Node*>(&storage_->tree)) : Value(); }

// The text was parsed in place: a string stands in `bytes`, shorter than it was written where it had escapes. What an
// escape left over reaches to the closing quote; without escapes that quote is gone, and the next one opens the next
// string, so that only punctuation is lost.
void Document::erase(Value text) {
    if (!storage_ || !text.is_string()) return;
    std::string& bytes = storage_->bytes;
    auto* node = const_cast<Node*>(static_cast<const Node*>(text.node_));
    const char* const start = node->GetString();
    const std::size_t length = node->GetStringLength();
    node->SetString(rapidjson::StringRef("", 0));
    if (std::less<>()(start, bytes.data()) || !std::less<>()(start, bytes.data() + bytes.size())) return;
    const auto first = static_cast<std::size_t>(start - bytes.data());
    std::size_t end = bytes.find('"', first + length);
    while (end != std::string::npos && bytes[end - 1] == '\\') end = bytes.find('"', end + 1);
    overwrite(bytes.data() + first, std::min(end, bytes.size()) - first);
}

Result<Document> Document::parse(std::string bytes, const Limits& limits) {
    if (auto fault = find_fault_in_bytes(bytes, limits)) return std::move(*fault);

    Document document(SpareStorage::take());
    Storage& storage = *document.storage_;
    storage.bytes = std::move(bytes);

    const bool has_unicode_escapes = storage.bytes.find("\\u") != std::string::npos;
    ParseFilter filter(storage.tree, limits, has_unicode_escapes);
    FilteredParse parse{storage.bytes, filter, {}};
    storage.tree.Populate(parse);
    if (parse.outcome.IsError()) {
        Error error = describe(parse.outcome, filter);
        overwrite(storage.bytes.data(), storage.bytes.size());  // where a secret stands in it, nobody knows
        return error;
    }
    return document;
}

}  // namespace rectal_cds::json
