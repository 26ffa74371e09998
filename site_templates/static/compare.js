// Side by side: the rows that the address names, taken from the page that shows all of them. /banding/?wilayah=64.02
(function (d, w) {
  "use strict";
  var chosen = new URLSearchParams(w.location.search);

  function cell(name, text) {
    var made = d.createElement(name);
    made.append.apply(made, typeof text === "string" ? [text] : Array.from(text.cloneNode(true).childNodes));
    made.querySelectorAll("a, sup").forEach(function (link) { link.replaceWith(link.matches("sup") ? "" : link.textContent); });
    return made;
  }

  // A row is known by the address it leads to, or by its name where it leads nowhere.
  function codeOf(row) {
    var link = row.cells[0].querySelector("a");
    return link ? link.getAttribute("href").split("/").filter(Boolean).pop() : row.cells[0].textContent.trim();
  }

  function text(words) {
    var line = d.createElement("p");
    line.textContent = words;
    return line;
  }

  function side(fold, rows, heads) {
    var frame = d.createElement("div"), table = d.createElement("table");
    frame.className = "scroller";
    table.className = "stat-table";
    heads.forEach(function (head, at) {
      var line = table.insertRow(), first = cell("th", head);
      first.scope = at ? "row" : "col";
      line.append(first);
      rows.forEach(function (row) {
        var made = cell(at ? "td" : "th", row.cells[at]);
        if (!at) made.scope = "col";
        line.append(made);
      });
    });
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", fold.querySelector("summary").textContent);
    frame.append(table);
    return frame;
  }

  // The tables of the other page, fetched once.
  function tablesOf(fold) {
    return fetch(fold.dataset.source).then(function (answer) { return answer.text(); }).then(function (html) {
      var page = new DOMParser().parseFromString(html, "text/html");
      return Array.from(page.querySelectorAll("table[id^='" + fold.dataset.table + "']"));
    });
  }

  d.querySelectorAll(".compare").forEach(function (fold) {
    var name = fold.dataset.name, form = fold.querySelector("form"), place = d.createElement("div"), known = null;

    function show(codes) {
      if (!codes.length) { place.replaceChildren(); return; }
      known = known || tablesOf(fold);
      known.then(function (tables) {
        var rows = tables.flatMap(function (table) { return Array.from(table.tBodies[0].rows); });
        var found = rows.filter(function (row) { return codes.includes(codeOf(row)); });
        var strange = codes.filter(function (code) { return !rows.some(function (row) { return codeOf(row) === code; }); });
        var parts = found.length ? [side(fold, found, Array.from(tables[0].tHead.rows[0].cells)), text(fold.dataset.caution)] : [];
        if (strange.length) parts.push(text(fold.dataset.strange + " " + strange.join(", ")));
        place.replaceChildren.apply(place, parts);
      });
    }

    // Each tick shows at once and is kept in the address; the button is for readers without script, so that the style
    // sheet takes it away before anything is drawn.
    form.addEventListener("change", function () {
      var codes = new FormData(form).getAll(name);
      chosen.delete(name);
      codes.forEach(function (code) { chosen.append(name, code); });
      w.history.replaceState(null, "", "?" + chosen + "#bandingkan");
      show(codes);
    });
    form.querySelectorAll("input").forEach(function (box) { box.checked = chosen.getAll(name).includes(box.value); });
    place.setAttribute("aria-live", "polite");
    fold.after(place);
    fold.open = fold.open || chosen.has(name);
    show(chosen.getAll(name));
  });
})(document, window);
