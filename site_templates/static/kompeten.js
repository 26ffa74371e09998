// Conveniences only: every page reads and works without this file.
(function (d, w) {
  "use strict";
  var root = d.documentElement, store = null;
  root.classList.add("js");
  try { store = w.localStorage; if (store.theme) root.dataset.theme = store.theme; } catch (e) { store = null; }

  function theme() {
    var choice = d.querySelector(".theme select");
    if (!choice) return;
    choice.value = root.dataset.theme || "";
    choice.onchange = function () {
      if (choice.value) root.dataset.theme = choice.value; else delete root.dataset.theme;
      if (store) store.theme = choice.value;
    };
  }

  // Charts: point, or focus the picture and walk with the arrow keys; the mark's own title is read out below it.
  function chart(svg) {
    var marks = svg.querySelectorAll(".k-mark"), at = -1, line = svg.parentNode.querySelector(".chart__readout");
    if (!marks.length || !line) return;
    function show(i) {
      if (marks[at]) marks[at].classList.remove("is-on");
      at = (i + marks.length) % marks.length;
      marks[at].classList.add("is-on");
      line.textContent = marks[at].querySelector("title").textContent;
    }
    svg.setAttribute("tabindex", "0");
    svg.onpointerover = function (e) {
      var mark = e.target.closest(".k-mark");
      if (mark) show(Array.prototype.indexOf.call(marks, mark));
    };
    svg.onkeydown = function (e) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
      if (step) { e.preventDefault(); show(at + step); }
    };
  }

  function copy(block) {
    var button = d.createElement("button");
    button.type = "button";
    button.className = "copy__button";
    button.textContent = block.dataset.copy;
    button.onclick = function () {
      w.navigator.clipboard.writeText(block.textContent.trim()).then(function () { button.textContent = block.dataset.copied; });
    };
    block.after(button);
  }

  function load(address) {
    var script = d.createElement("script");
    script.src = address;
    d.head.append(script);
  }

  // The form leads to the index with the words in the address: look for them there.
  function search(form) {
    var words = new URLSearchParams(w.location.search).get("q");
    if (words) { form.querySelector("input").value = words; load(form.dataset.script); return; }
    form.addEventListener("focusin", function () { load(form.dataset.script); }, { once: true });
  }

  // Scripts that few readers need are loaded when they are.
  function need(name) { load(d.querySelector("main").dataset[name]); }

  function tools(event) {
    if (!event.target.matches(".tools")) return;
    d.removeEventListener("toggle", tools, true);
    need("tables");
  }

  // Escape closes what lies over the page: an explained term goes back to its place, the menu to its button.
  function escape(e) {
    if (e.key !== "Escape" || e.defaultPrevented) return;
    var back = d.querySelector(".terms :target a"), menu = d.querySelector(".menu[open]");
    if (back) back.click();
    else if (menu && menu.contains(d.activeElement)) { menu.open = false; menu.firstElementChild.focus(); }
  }

  // An address may lead into something folded: open it.
  function unfold() {
    var at = w.location.hash.length > 1 && d.getElementById(decodeURIComponent(w.location.hash.slice(1)));
    var folds = d.querySelectorAll("details:not([open])"), opened = false;
    folds.forEach(function (fold) { if (at && fold.contains(at)) opened = fold.open = true; });
    if (opened) at.scrollIntoView();
  }

  // A release that is late: the page was built before anybody could know.
  function due(note) {
    note.hidden = new Date().toLocaleDateString("en-CA", { timeZone: "Asia/Makassar" }) <= note.dataset.due;
  }

  w.addEventListener("hashchange", unfold);
  d.addEventListener("keydown", escape);
  d.addEventListener("toggle", tools, true);
  d.addEventListener("DOMContentLoaded", function () {
    theme();
    unfold();
    d.querySelectorAll("figure.chart > svg").forEach(chart);
    if (w.navigator.clipboard) d.querySelectorAll("[data-copy]").forEach(copy);
    d.querySelectorAll(".search[data-script]").forEach(search);
    d.querySelectorAll("[data-due]").forEach(due);
    if (d.querySelector(".compare")) need("compare");
  });
})(document, window);
