#include "conformance/markdown_tree.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <memory>

namespace rectal_cds::conformance {

namespace {

void note(cmark_node* node, MarkdownTree& tree) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) ++tree.raw_html;
    if (type == CMARK_NODE_IMAGE) ++tree.images;
    if (std::string_view(cmark_node_get_type_string(node)) == "table") ++tree.tables;
    if (type == CMARK_NODE_LINK) tree.links.emplace_back(cmark_node_get_url(node));
    if (const char* literal = cmark_node_get_literal(node)) tree.text += literal;
    if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_ITEM || type == CMARK_NODE_SOFTBREAK) tree.text += '\n';
}

}  // namespace

MarkdownTree parse_markdown(std::string_view detail) {
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(cmark_parser_new(CMARK_OPT_DEFAULT),
                                                                             &cmark_parser_free);
    for (const char* name : {"table", "strikethrough", "autolink", "tasklist"})
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    cmark_parser_feed(parser.get(), detail.data(), detail.size());
    const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(cmark_parser_finish(parser.get()),
                                                                           &cmark_node_free);
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(document.get()),
                                                                       &cmark_iter_free);
    MarkdownTree tree;
    for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
        if (event == CMARK_EVENT_ENTER) note(cmark_iter_get_node(walk.get()), tree);
    }
    return tree;
}

}  // namespace rectal_cds::conformance
