// What was answered, row by row; each inside a WriteTransaction of the caller. For this folder only.
//
// An answer is some rows by the same few statements, and preparing one costs more than running it: they are
// prepared once for a connection, and read what stands in the members below. They end before their connection does.
#pragma once

#include <soci/soci.h>

#include <string>

#include "store/audit_chain.hpp"
#include "store/store.hpp"

namespace rectal_cds::store {

class IssuedRows {
public:
    // The session has the newest schema.
    explicit IssuedRows(soci::session& sql);
    IssuedRows(const IssuedRows&) = delete;
    IssuedRows& operator=(const IssuedRows&) = delete;

    // Cards, suggestions and the audit record, whose id is `id`. Writing the same answer again changes nothing.
    // Feedback that came before its card leaves the quarantine.
    void write(const IssuedAnswer& answer, const std::string& id);

private:
    void write_card(const cdshooks::WrittenCard& card);

    // Of the answer or the card under way.
    IssuedAnswer answer_;  // without its cards
    cdshooks::WrittenCard card_;
    std::string indicator_;
    long long at_ = 0;
    std::string suggestions_;

    soci::statement insert_card_, release_feedback_;
    AuditAppender audit_;
};

}  // namespace rectal_cds::store
