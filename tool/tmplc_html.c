/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What HTML is, as far as Tandem uses it (HTML Living Standard; WAI-ARIA 1.2). What is not
 * here is refused: no frames, no objects, no style, no inline script, no custom elements.
 */
#include "tmplc.h"

#include "base/utf8.h"

#define HEADINGS "h1 h2 h3 h4 h5 h6"
#define SVG_PAINT                                                                          \
    "fill stroke stroke-width stroke-linecap stroke-linejoin transform opacity fill-rule " \
    "clip-rule"
#define INPUT_ATTRS                                                                        \
    "type name value checked disabled required readonly min max step minlength maxlength " \
    "pattern placeholder autocomplete inputmode list multiple accept form size "           \
    "enterkeyhint spellcheck autocapitalize dirname capture"

/* Columns: name, phrasing, content, parents, children, attributes, required attributes. */
static const struct element elements[] = {
    { "html", 0, CONTENT_LIST, 0, "head body", "", "lang" },
    { "head", 0, CONTENT_LIST, "html", "meta title link script", "", 0 },
    { "body", 0, CONTENT_FLOW, "html", 0, "", 0 },
    { "title", 0, CONTENT_TEXT, "head svg g", 0, "", 0 },
    { "meta", 0, CONTENT_VOID, "head", 0, "charset name content property media", 0 },
    { "link", 0, CONTENT_VOID, "head", 0,
      "rel href type media sizes as crossorigin hreflang integrity fetchpriority", "rel href" },
    { "script", 1, CONTENT_TEXT, 0, 0, "src type async defer nomodule integrity", 0 },
    { "noscript", 1, CONTENT_TRANSPARENT, 0, 0, "", 0 },
    { "template", 1, CONTENT_FLOW, 0, 0, "", 0 },

    { "header", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "footer", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "main", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "nav", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "search", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "section", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "article", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "aside", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "address", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "hgroup", 0, CONTENT_LIST, 0, HEADINGS " p", "", 0 },
    { "h1", 0, CONTENT_PHRASING, 0, 0, "", 0 },
    { "h2", 0, CONTENT_PHRASING, 0, 0, "", 0 },
    { "h3", 0, CONTENT_PHRASING, 0, 0, "", 0 },
    { "h4", 0, CONTENT_PHRASING, 0, 0, "", 0 },
    { "h5", 0, CONTENT_PHRASING, 0, 0, "", 0 },
    { "h6", 0, CONTENT_PHRASING, 0, 0, "", 0 },

    { "p", 0, CONTENT_PHRASING, 0, 0, "", 0 },
    { "hr", 0, CONTENT_VOID, 0, 0, "", 0 },
    { "pre", 0, CONTENT_PHRASING, 0, 0, "", 0 },
    { "blockquote", 0, CONTENT_FLOW, 0, 0, "cite", 0 },
    { "ul", 0, CONTENT_LIST, 0, "li", "", 0 },
    { "ol", 0, CONTENT_LIST, 0, "li", "start reversed type", 0 },
    { "menu", 0, CONTENT_LIST, 0, "li", "", 0 },
    { "li", 0, CONTENT_FLOW, "ul ol menu", 0, "value", 0 },
    { "dl", 0, CONTENT_LIST, 0, "dt dd div", "", 0 },
    { "dt", 0, CONTENT_FLOW, "dl div", 0, "", 0 },
    { "dd", 0, CONTENT_FLOW, "dl div", 0, "", 0 },
    { "figure", 0, CONTENT_FLOW, 0, 0, "", 0 },
    { "figcaption", 0, CONTENT_FLOW, "figure", 0, "", 0 },
    { "div", 0, CONTENT_FLOW, 0, 0, "", 0 },

    { "a", 1, CONTENT_TRANSPARENT, 0, 0, "href target rel download hreflang type", "href" },
    { "em", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "strong", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "small", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "s", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "cite", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "q", 1, CONTENT_PHRASING, 0, 0, "cite", 0 },
    { "dfn", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "abbr", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "data", 1, CONTENT_PHRASING, 0, 0, "value", "value" },
    { "time", 1, CONTENT_PHRASING, 0, 0, "datetime", "datetime" },
    { "code", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "var", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "samp", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "kbd", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "sub", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "sup", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "i", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "b", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "u", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "mark", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "bdi", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "bdo", 1, CONTENT_PHRASING, 0, 0, "", "dir" },
    { "span", 1, CONTENT_PHRASING, 0, 0, "", 0 },
    { "br", 1, CONTENT_VOID, 0, 0, "", 0 },
    { "wbr", 1, CONTENT_VOID, 0, 0, "", 0 },
    { "ins", 1, CONTENT_TRANSPARENT, 0, 0, "cite datetime", 0 },
    { "del", 1, CONTENT_TRANSPARENT, 0, 0, "cite datetime", 0 },

    { "picture", 1, CONTENT_LIST, 0, "source img", "", 0 },
    { "source", 0, CONTENT_VOID, "picture video audio", 0,
      "src srcset type media sizes width height", 0 },
    { "img", 1, CONTENT_VOID, 0, 0,
      "src srcset sizes alt width height loading decoding fetchpriority", "src alt" },
    { "iframe", 1, CONTENT_EMPTY, 0, 0, "src title width height loading sandbox allowfullscreen",
      "src title" },
    { "video", 1, CONTENT_TRANSPARENT, 0, "source track",
      "src poster controls preload muted loop playsinline width height", "controls" },
    { "audio", 1, CONTENT_TRANSPARENT, 0, "source track", "src controls preload muted loop",
      "controls" },
    { "track", 0, CONTENT_VOID, "video audio", 0, "src kind srclang label default", "src kind" },
    { "canvas", 1, CONTENT_TRANSPARENT, 0, 0, "width height", 0 },

    { "table", 0, CONTENT_LIST, 0, "caption colgroup thead tbody tfoot", "", 0 },
    { "caption", 0, CONTENT_FLOW, "table", 0, "", 0 },
    { "colgroup", 0, CONTENT_LIST, "table", "col", "span", 0 },
    { "col", 0, CONTENT_VOID, "colgroup", 0, "span", 0 },
    { "thead", 0, CONTENT_LIST, "table", "tr", "", 0 },
    { "tbody", 0, CONTENT_LIST, "table", "tr", "", 0 },
    { "tfoot", 0, CONTENT_LIST, "table", "tr", "", 0 },
    { "tr", 0, CONTENT_LIST, "thead tbody tfoot", "td th", "", 0 },
    { "td", 0, CONTENT_FLOW, "tr", 0, "colspan rowspan headers", 0 },
    { "th", 0, CONTENT_FLOW, "tr", 0, "scope colspan rowspan headers abbr", "scope" },

    { "form", 0, CONTENT_FLOW, 0, 0, "action method enctype autocomplete novalidate name rel",
      "method" },
    { "label", 1, CONTENT_PHRASING, 0, 0, "for", 0 },
    { "input", 1, CONTENT_VOID, 0, 0, INPUT_ATTRS, 0 },
    { "button", 1, CONTENT_PHRASING, 0, 0,
      "type name value disabled form formaction formnovalidate", "type" },
    { "select", 1, CONTENT_LIST, 0, "option optgroup hr",
      "name required disabled multiple size autocomplete form", 0 },
    { "datalist", 1, CONTENT_LIST, 0, "option", "", 0 },
    { "optgroup", 0, CONTENT_LIST, "select", "option", "label disabled", "label" },
    { "option", 0, CONTENT_TEXT, "select datalist optgroup", 0, "value selected disabled label",
      0 },
    { "textarea", 1, CONTENT_TEXT, 0, 0,
      "name rows cols required disabled readonly minlength maxlength placeholder autocomplete "
      "form spellcheck wrap",
      0 },
    { "output", 1, CONTENT_PHRASING, 0, 0, "for name form", 0 },
    { "progress", 1, CONTENT_PHRASING, 0, 0, "value max", 0 },
    { "meter", 1, CONTENT_PHRASING, 0, 0, "value min max low high optimum", "value" },
    { "fieldset", 0, CONTENT_FLOW, 0, 0, "disabled name form", 0 },
    { "legend", 0, CONTENT_PHRASING, "fieldset", HEADINGS, "", 0 },
    { "details", 0, CONTENT_FLOW, 0, 0, "open name", 0 },
    { "summary", 0, CONTENT_PHRASING, "details", HEADINGS, "", 0 },
    { "dialog", 0, CONTENT_FLOW, 0, 0, "open", 0 },

    { "svg", 1, CONTENT_LIST, 0, "title g path circle rect line polyline polygon text use",
      "viewBox width height focusable preserveAspectRatio " SVG_PAINT, 0 },
    { "g", 0, CONTENT_LIST, "svg g", "title g path circle rect line polyline polygon text use",
      SVG_PAINT, 0 },
    { "path", 0, CONTENT_EMPTY, "svg g", 0, "d " SVG_PAINT, "d" },
    { "circle", 0, CONTENT_EMPTY, "svg g", 0, "cx cy r " SVG_PAINT, 0 },
    { "rect", 0, CONTENT_EMPTY, "svg g", 0, "x y width height rx ry " SVG_PAINT, 0 },
    { "line", 0, CONTENT_EMPTY, "svg g", 0, "x1 y1 x2 y2 " SVG_PAINT, 0 },
    { "polyline", 0, CONTENT_EMPTY, "svg g", 0, "points " SVG_PAINT, 0 },
    { "polygon", 0, CONTENT_EMPTY, "svg g", 0, "points " SVG_PAINT, 0 },
    { "text", 0, CONTENT_TEXT, "svg g", 0, "x y dx dy text-anchor font-size " SVG_PAINT, 0 },
    { "use", 0, CONTENT_EMPTY, "svg g", 0, "href x y width height " SVG_PAINT, "href" },
};

static const char global_attrs[] =
    "id class title lang dir hidden role tabindex translate inert enterkeyhint";

static const char aria_names[] =
    "activedescendant atomic autocomplete busy checked colcount colindex colindextext colspan "
    "controls current describedby description details disabled errormessage expanded flowto "
    "haspopup hidden invalid keyshortcuts label labelledby level live modal multiline "
    "multiselectable orientation owns placeholder posinset pressed readonly relevant required "
    "roledescription rowcount rowindex rowindextext rowspan selected setsize sort valuemax "
    "valuemin valuenow valuetext";

static const char boolean_attrs[] =
    "allowfullscreen async checked controls default defer disabled formnovalidate hidden inert "
    "loop multiple muted nomodule novalidate open playsinline readonly required reversed "
    "selected";

static const char word_attrs[] = "alt title placeholder label aria-label aria-description "
                                 "aria-roledescription aria-valuetext aria-placeholder abbr";

static const char roles[] =
    "alert alertdialog application article banner button cell checkbox columnheader combobox "
    "complementary contentinfo definition dialog document feed figure form grid gridcell group "
    "heading img link list listbox listitem log main marquee math menu menubar menuitem "
    "menuitemcheckbox menuitemradio meter navigation none note option presentation progressbar "
    "radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider "
    "spinbutton status switch tab table tablist tabpanel term textbox timer toolbar tooltip tree "
    "treegrid treeitem";

/* WCAG 1.3.5: the purposes that browsers fill in. */
static const char autocomplete[] =
    "on off name honorific-prefix given-name additional-name family-name nickname "
    "organization-title username new-password current-password one-time-code organization "
    "street-address address-line1 address-line2 address-level1 address-level2 country "
    "country-name postal-code language bday bday-day bday-month bday-year url email tel "
    "tel-national";

/* Attributes with a closed list of values: of one element, or of all ("*"). */
static const struct {
    const char *element;
    const char *name;
    const char *values;
} closed[] = {
    { "*", "dir", "ltr rtl auto" },
    { "*", "role", roles },
    { "*", "tabindex", "0 -1" },
    { "*", "translate", "yes no" },
    { "*", "inputmode", "none text decimal numeric tel search email url" },
    { "*", "enterkeyhint", "enter done go next previous search send" },
    { "input", "type",
      "hidden text search tel url email password date month week time datetime-local number "
      "range color checkbox radio file submit reset button" },
    { "button", "type", "submit button reset" },
    { "input", "autocomplete", autocomplete },
    { "select", "autocomplete", autocomplete },
    { "textarea", "autocomplete", autocomplete },
    { "form", "method", "get post" },
    { "form", "enctype", "application/x-www-form-urlencoded multipart/form-data" },
    { "th", "scope", "col row colgroup rowgroup" },
    { "a", "target", "_blank" },
    { "img", "loading", "lazy eager" },
    { "img", "decoding", "async sync auto" },
    { "script", "type", "module application/ld+json" },
    { "link", "rel",
      "stylesheet icon apple-touch-icon alternate canonical manifest preload modulepreload next "
      "prev search help license" },
    { "ol", "type", "1 a A i I" },
    { "track", "kind", "subtitles captions descriptions chapters" },
};

const struct element *html_element(str name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (str_eq(str_from_c(elements[i].name), name))
            return &elements[i];
    return NULL;
}

bool html_attr_known(const struct element *e, str name)
{
    if (str_starts(name, S("aria-")))
        return tool_in(aria_names, str_slice(name, 5, name.n));
    if (str_starts(name, S("data-")))
        return name.n > 5;
    return tool_in(global_attrs, name) || tool_in(e->attrs, name);
}

bool html_attr_boolean(str name)
{
    return tool_in(boolean_attrs, name);
}

bool html_attr_url(str name)
{
    return tool_in("href src action formaction poster srcset cite", name) ||
           (str_starts(name, S("data-")) && str_ends(name, S("-url")));
}

bool html_attr_words(str name)
{
    return tool_in(word_attrs, name);
}

const char *html_attr_values(const struct element *e, str name)
{
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        bool element = closed[i].element[0] == '*' ||
                       str_eq(str_from_c(closed[i].element), str_from_c(e->name));
        if (element && str_eq(str_from_c(closed[i].name), name))
            return closed[i].values;
    }
    return NULL;
}

bool html_interactive(str name)
{
    return tool_in("a button input select textarea label details iframe summary", name);
}

bool html_literal(str name)
{
    return tool_in("code kbd samp var script", name);
}

bool html_entity_known(str name)
{
    return tool_in("amp lt gt quot nbsp shy ndash mdash hellip middot bull times laquo raquo "
                   "bdquo ldquo rdquo sbquo lsquo rsquo larr rarr uarr darr thinsp ensp emsp "
                   "zwj zwnj lrm rlm euro sect check",
                   name);
}

/* Letters, once references like &nbsp; are taken out. */
bool tmplc_has_words(struct arena *a, str literal)
{
    struct out plain = out_new(a, 0);
    while (literal.n) {
        ptrdiff_t end = literal.p[0] == '&' ? str_find_byte(literal, ';') : -1;
        if (end > 0 && end < 12)
            literal = str_slice(literal, (size_t)end + 1, literal.n);
        else
            out_char(&plain, literal.p[0]), literal = str_slice(literal, 1, literal.n);
    }
    str folded = utf8_fold(a, out_text(&plain));
    for (size_t i = 0; i < folded.n; i++)
        if ((folded.p[i] >= 'a' && folded.p[i] <= 'z') || (folded.p[i] & 0x80))
            return true;
    return false;
}
