// Why a card was issued: its conditions one by one with what they rested on, what was missing, what would change it.
#pragma once

#include "pages/page.hpp"
#include "pages/reason_memory.hpp"

namespace rectal_cds::pages {

Page why_page(const View& view, const ReasonMemory::Found& found);

// The same answer for a card that was never issued, one that is forgotten, and a link that is not ours: 404.
Page unknown_card_page();

Page ended_link_page();  // 410: signed by us, and over

}  // namespace rectal_cds::pages
