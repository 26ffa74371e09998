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

  function show(fold, rows, heads) {
    var frame = d.createElement("div"), table = d.createElement("table"), note = d.createElement("p");
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
    note.textContent = fold.dataset.caution;
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", fold.querySelector("summary").textContent);
    frame.append(table);
    fold.after(frame, note);
  }

  d.querySelectorAll(".compare").forEach(function (fold) {
    var codes = chosen.getAll(fold.dataset.name);
    fold.querySelectorAll("input").forEach(function (box) { box.checked = codes.includes(box.value); });
    if (!codes.length) return;
    fold.open = true;
    fetch(fold.dataset.source).then(function (answer) { return answer.text(); }).then(function (html) {
      var page = new DOMParser().parseFromString(html, "text/html");
      var tables = Array.from(page.querySelectorAll("table[id^='" + fold.dataset.table + "']"));
      var rows = tables.flatMap(function (table) { return Array.from(table.tBodies[0].rows); });
      var found = rows.filter(function (row) { return codes.includes(codeOf(row)); });
      var strange = codes.filter(function (code) { return !rows.some(function (row) { return codeOf(row) === code; }); });
      var said = d.createElement("p");
      said.textContent = fold.dataset.strange + " " + strange.join(", ");
      if (strange.length) fold.after(said);
      if (found.length) show(fold, found, Array.from(tables[0].tHead.rows[0].cells));
    });
  });
})(document, window);
