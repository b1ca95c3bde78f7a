/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keys of the office's lists: / search, j and k move, x chooses, Enter opens, ? shows the help.
 * Loaded with defer on pages of the office only. A row is a <tr> of table[data-keys]; its first
 * link is what Enter opens. Keys do nothing while one types or when a modifier is held (WCAG 2.1.4:
 * the keys act only while the list or nothing has the focus).
 */
"use strict";

(function () {
    var table = document.querySelector("table[data-keys]");
    var help = document.querySelector("dialog.t-keys");
    var here = -1;

    function rows() {
        return table ? Array.prototype.slice.call(table.tBodies[0].rows) : [];
    }

    function typing(target) {
        return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    }

    function move(step) {
        var list = rows();
        if (list.length === 0) {
            return;
        }
        if (here >= 0) {
            list[here].classList.remove("t-here");
        }
        here = Math.min(Math.max(here + step, 0), list.length - 1);
        list[here].classList.add("t-here");
        var link = list[here].querySelector("th a, td a");
        if (link) {
            link.focus();
            link.scrollIntoView({ block: "nearest" });
        }
    }

    function choose() {
        var box = here >= 0 ? rows()[here].querySelector("input[type=checkbox]") : null;
        if (box) {
            box.checked = !box.checked;
            box.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }

    function search() {
        var field = document.querySelector('[data-key="/"]');
        if (field) {
            field.focus();
            field.select();
        }
    }

    function showHelp() {
        if (help && !help.open) {
            help.showModal();
        }
    }

    var keys = {
        "/": search,
        j: function () { move(1); },
        k: function () { move(-1); },
        x: choose,
        "?": showHelp
    };

    function onKey(event) {
        if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
            return;
        }
        if ((help && help.open) || !Object.hasOwn(keys, event.key)) {
            return;
        }
        event.preventDefault();
        keys[event.key]();
    }

    /* Tabbing or clicking into a row makes it the current one, so that x and j go on from there. */
    function follow(event) {
        var row = event.target.closest("tr");
        var at = rows().indexOf(row);
        if (at < 0 || at === here) {
            return;
        }
        if (here >= 0) {
            rows()[here].classList.remove("t-here");
        }
        here = at;
        row.classList.add("t-here");
    }

    document.addEventListener("keydown", onKey);
    if (table) {
        table.addEventListener("focusin", follow);
    }
    document.querySelectorAll("[data-keys-close]").forEach(function (button) {
        button.addEventListener("click", function () {
            help.close();
        });
    });
    document.querySelectorAll("[data-keys-open]").forEach(function (button) {
        button.hidden = false;
        button.addEventListener("click", showHelp);
    });
})();
