// Secret: a bearer token or another text that must reach its destination and nothing else (reliability.md 1.2, HZ15).
//
// It cannot be printed, compared, converted or copied by accident: the text is got by the one word that says so,
// reveal(). Its memory is on the heap, so that moving leaves no copy behind, and is wiped before it is given back.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace rectal_cds::auth {

class Secret {
public:
    Secret() = default;
    // Takes a copy and wipes `source`, which is empty afterwards. Copies that were made before are the caller's.
    explicit Secret(std::string&& source);
    // Takes a copy; for text inside a larger buffer that the caller owns.
    static Secret copy_of(std::string_view text);

    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    bool empty() const { return size_ == 0; }

    // For the one place that writes it to a connection. Valid while this Secret lives and is not assigned to.
    std::string_view reveal() const { return {text_.get(), size_}; }

    // RFC 6750 2.1 b64token characters only, so that it cannot break out of a header line.
    bool is_bearer_token() const;

private:
    void wipe();
    std::unique_ptr<char[]> text_;
    std::size_t size_ = 0;
};

std::ostream& operator<<(std::ostream&, const Secret&) = delete;

}  // namespace rectal_cds::auth
