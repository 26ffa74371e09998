// Search, loaded when the search field is first used. Without it the form leads to the A–Z index.
(function (d) {
  "use strict";
  var form = d.querySelector(".search"), input = form.querySelector("input"), say = form.dataset;
  var root = new URL(say.root, d.baseURI), engine = null, turn = 0;
  var box = d.createElement("div"), status = d.createElement("p"), list = d.createElement("ol");
  box.className = "search__found";
  box.hidden = true;
  status.setAttribute("role", "status");
  box.append(status, list);
  form.append(box);

  function load() {
    engine = engine || import(new URL("pagefind/pagefind.js", root).href).then(function (pagefind) {
      return pagefind.options({ baseUrl: root.pathname }).then(function () { return pagefind; });
    });
    return engine;
  }

  function entry(page) {
    var item = d.createElement("li"), link = d.createElement("a");
    link.href = page.url;
    link.textContent = page.meta.title;
    item.append(link);
    return item;
  }

  async function find() {
    var words = input.value.trim(), mine = ++turn;
    box.hidden = !words;
    if (!words) return;
    try {
      var pagefind = await load(), found = await pagefind.search(words);
      var pages = await Promise.all(found.results.slice(0, 8).map(function (result) { return result.data(); }));
      if (mine !== turn) return;
      list.replaceChildren.apply(list, pages.map(entry));
      status.textContent = found.results.length ? say.found.replace("{count}", found.results.length) : say.none;
    } catch (error) {
      list.replaceChildren();
      status.textContent = say.failed;
    }
  }

  var wait;
  input.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(find, 200); });
  form.addEventListener("submit", function (event) { event.preventDefault(); find(); });
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || box.hidden) return;
    event.preventDefault();
    box.hidden = true;
    input.focus();
  });
  if (input.value) find();
})(document);
