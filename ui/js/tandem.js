/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a page does a little better with script. Nothing here is needed: every page and every form
 * works without it. One classic script, loaded with defer on every page; it looks for data-
 * attributes and does nothing where they are absent. Neighbours: desk.js, map.js (both fetched or
 * included only where they are used).
 */
"use strict";

(function () {
    var wide = window.matchMedia("(min-width: 62em)");

    function all(selector, root) {
        return Array.prototype.slice.call((root || document).querySelectorAll(selector));
    }

    /* data-open-wide: a <details> that is a menu on a phone and simply there on a desktop. */
    function followWidth() {
        all("details[data-open-wide]").forEach(function (box) {
            box.open = wide.matches;
        });
    }

    /* data-close: a <details> that closes on Escape and on a click elsewhere. */
    function mayClose(box) {
        return box.open && !(wide.matches && box.hasAttribute("data-open-wide"));
    }

    function closeOnEscape(event) {
        if (event.key !== "Escape") {
            return;
        }
        all("details[data-close]").filter(mayClose).forEach(function (box) {
            var hadFocus = box.contains(document.activeElement);
            box.open = false;
            if (hadFocus) {
                box.querySelector("summary").focus();
            }
        });
    }

    function closeOnClick(event) {
        all("details[data-close]").filter(mayClose).forEach(function (box) {
            if (!box.contains(event.target)) {
                box.open = false;
            }
        });
    }

    /* data-autosubmit: facets apply at once on a desktop. The focus comes back to the same box. */
    var focusKey = "tandem-facet";

    function autosubmit(form) {
        form.addEventListener("change", function (event) {
            if (!wide.matches) {
                return; /* on a phone several boxes are chosen, then applied */
            }
            try {
                sessionStorage.setItem(focusKey, event.target.name + "=" + event.target.value);
            } catch (e) {
                /* storage refused: only the focus is lost */
            }
            form.requestSubmit();
        });
    }

    function restoreFacet() {
        var wanted = null;
        try {
            wanted = sessionStorage.getItem(focusKey);
            sessionStorage.removeItem(focusKey);
        } catch (e) {
            return;
        }
        if (!wanted) {
            return;
        }
        all("form[data-autosubmit] input").some(function (input) {
            if (input.name + "=" + input.value !== wanted) {
                return false;
            }
            var group = input.closest("details");
            if (group) {
                group.open = true;
            }
            input.focus({ preventScroll: true });
            return true;
        });
    }

    /* data-send: a form that only stands between two pages goes off by itself, once. */
    function sendAtOnce() {
        var form = document.querySelector("form[data-send]");
        if (form && performance.getEntriesByType("navigation")[0].type !== "back_forward") {
            form.requestSubmit();
        }
    }

    /* data-focus: the error summary takes the focus when the page opens. */
    function focusSummary() {
        var summary = document.querySelector("[data-focus]");
        if (summary) {
            summary.focus();
        }
    }

    /* A link of the error summary opens what hides the field, then the browser goes there. */
    function openTarget(event) {
        var link = event.target.closest('a[href^="#"]');
        var target = link && document.getElementById(link.getAttribute("href").slice(1));
        if (!target) {
            return;
        }
        for (var box = target.closest("details"); box; box = box.parentElement.closest("details")) {
            box.open = true;
        }
        if (target.matches("input, select, textarea, fieldset[tabindex]")) {
            event.preventDefault();
            target.focus();
        }
    }

    /* A map is fetched when there is one, or when the <details> around it is opened. */
    function fetchMap(node) {
        if (document.querySelector('script[src="' + node.dataset.mapScriptUrl + '"]')) {
            return;
        }
        var script = document.createElement("script");
        script.src = node.dataset.mapScriptUrl;
        document.head.append(script);
    }

    function watchMaps() {
        all("[data-map-script-url]").forEach(function (node) {
            var box = node.closest("details");
            if (!box || box.open) {
                fetchMap(node);
                return;
            }
            box.addEventListener("toggle", function () {
                fetchMap(node);
            }, { once: true });
        });
    }

    /* data-copy, data-print: buttons that only exist with script. */
    function offerButtons() {
        all("button[data-copy]").forEach(function (button) {
            if (!navigator.clipboard) {
                return; /* only where the page came safely */
            }
            button.hidden = false;
            button.addEventListener("click", function () {
                navigator.clipboard.writeText(button.dataset.copy).then(function () {
                    button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
                });
            });
        });
        all("button[data-share]").forEach(function (button) {
            if (!navigator.share) {
                return;
            }
            button.hidden = false;
            button.addEventListener("click", function () {
                /* Whoever closes the system's dialog has changed their mind: nothing to say. */
                navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(function () {});
            });
        });
        all("button[data-print]").forEach(function (button) {
            button.hidden = false;
            button.addEventListener("click", function () {
                window.print();
            });
        });
    }

    followWidth();
    offerButtons();
    wide.addEventListener("change", followWidth);
    document.addEventListener("keydown", closeOnEscape);
    document.addEventListener("click", closeOnClick);
    document.addEventListener("click", openTarget);
    all("form[data-autosubmit]").forEach(autosubmit);
    restoreFacet();
    focusSummary();
    watchMaps();
    sendAtOnce();
})();
