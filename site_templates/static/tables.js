// Tools of a table, loaded when a reader first opens one: choose rows, order them, take the table along as CSV.
(function (d) {
  "use strict";
  var main = d.querySelector("main"), say = main.dataset.words.split("|"), count = 0;

  function bare(cell) {
    var figure = cell.querySelector("data");
    return figure ? figure.value : cell.textContent.replace(/\s+/g, " ").trim();
  }

  function field(label, control) {
    var box = d.createElement("label");
    control.id = "tools-" + (count += 1);
    box.textContent = label + " ";
    box.append(control);
    return box;
  }

  function option(text, value) {
    var found = d.createElement("option");
    found.textContent = text;
    found.value = value;
    return found;
  }

  function csv(table) {
    var lines = Array.from(table.rows, function (row) {
      return Array.from(row.cells, function (cell) {
        var text = bare(cell);
        if (/^[=+\-@]/.test(text) && isNaN(text)) text = "'" + text;
        return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
      }).join(",");
    });
    return lines.join("\n") + "\n";
  }

  function equip(fold) {
    var table = fold.previousElementSibling.querySelector("table"), body = table.tBodies[0];
    var rows = Array.from(body.rows), heads = Array.from(table.tHead.rows[0].cells);
    var filter = d.createElement("input"), order = d.createElement("select"), save = d.createElement("button");
    filter.type = "search";
    filter.oninput = function () {
      var words = filter.value.toLowerCase();
      rows.forEach(function (row) { row.hidden = row.textContent.toLowerCase().indexOf(words) < 0; });
    };
    order.append(option(say[2], ""));
    heads.forEach(function (head, at) {
      [3, 4].forEach(function (way) { order.append(option(bare(head) + ", " + say[way], at + " " + (way === 3 ? 1 : -1))); });
    });
    order.onchange = function () {
      var at = +order.value.split(" ")[0], way = +order.value.split(" ")[1], sorted = rows.slice();
      if (order.value) sorted.sort(function (one, other) {
        var last = one.classList.contains("total") - other.classList.contains("total");
        var a = bare(one.cells[at]), b = bare(other.cells[at]), isNumber = heads[at].classList.contains("number");
        if (last || !isNumber) return last || way * a.localeCompare(b, d.documentElement.lang);
        if (!a || !b || isNaN(a) || isNaN(b)) return (!a || isNaN(a)) - (!b || isNaN(b));
        return way * (a - b);
      });
      body.append.apply(body, sorted);
    };
    save.type = "button";
    save.textContent = say[5];
    save.onclick = function () {
      var link = d.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff" + csv(table)], { type: "text/csv" }));
      link.download = table.id + "-" + main.dataset.release + ".csv";
      link.click();
    };
    fold.append(field(say[0], filter), field(say[1], order), save);
    fold.dataset.ready = "";
  }

  d.addEventListener("toggle", function (event) {
    var fold = event.target;
    if (fold.matches(".tools") && !("ready" in fold.dataset)) equip(fold);
  }, true);
  d.querySelectorAll(".tools[open]").forEach(equip);
})(document);
