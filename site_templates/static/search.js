// Search, loaded when the search field is first used, or on the index when the address holds words.
(function (d) {
  "use strict";
  var form = d.querySelector(".search"), input = form.querySelector("input"), say = form.dataset;
  var root = new URL(say.root, d.baseURI), place = d.querySelector("[data-found-here]"), engine = null, turn = 0;
  var box = d.createElement("div"), status = d.createElement("p"), list = d.createElement("ol"), known = null;
  var ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"], alike, numbered;
  box.className = "search__found";
  box.hidden = true;
  status.setAttribute("role", "status");
  box.append(status, list);
  (place || form).append(box);

  function load() {
    engine = engine || import(new URL("pagefind/pagefind.js", root).href).then(function (pagefind) {
      return pagefind.options({ baseUrl: root.pathname, excerptLength: 18 }).then(function () { return pagefind; });
    });
    return engine;
  }

  function tokens(text) { return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || []; }

  // What readers write for what pages say: wanita, kutim, tahap 3.
  function usual(words) {
    return words.map(function (word, at) {
      if (/^[1-9]$/.test(word) && numbered.includes(words[at - 1])) return ROMAN[word - 1];
      var found = alike.find(function (pair) { return pair[0] === word; });
      return found ? found[1] : word;
    });
  }

  // How many letters to change, add or leave out; three and more are all too many.
  function distance(one, other) {
    if (Math.abs(one.length - other.length) > 2) return 3;
    var row = Array.from({ length: other.length + 1 }, function (_, i) { return i; });
    for (var i = 1; i <= one.length; i += 1) {
      var before = row[0];
      row[0] = i;
      for (var j = 1; j <= other.length; j += 1) {
        var held = row[j];
        row[j] = Math.min(held + 1, row[j - 1] + 1, before + (one[i - 1] !== other[j - 1]));
        before = held;
      }
    }
    return row[other.length];
  }

  // The index of pages says what readers call things, and has the words of all titles: what a misspelt one may mean.
  function index() {
    known = known || fetch(form.action).then(function (answer) { return answer.text(); }).then(function (html) {
      var page = new DOMParser().parseFromString(html, "text/html"), own = page.querySelector("[data-alike]").dataset;
      alike = own.alike.split(";").map(function (pair) { return pair.split("="); });
      numbered = own.numbered.split(" ");
      return Array.from(new Set(tokens(page.querySelector("main").textContent))).filter(function (word) { return word.length > 4; });
    });
    return known;
  }

  async function mended(words) {
    var vocabulary = await index();
    return words.map(function (word) {
      if (word.length < 5 || vocabulary.includes(word)) return word;
      var best = vocabulary.map(function (other) { return [distance(word, other), other]; }).sort(function (a, b) {
        return a[0] - b[0] || (a[1] < b[1] ? -1 : 1);
      })[0];
      return best && best[0] < 3 ? best[1] : word;
    });
  }

  // A page of that very title comes first, then those whose title has all the words, in the engine's own order otherwise.
  async function ranked(words) {
    var found = await (await load()).search(Array.from(new Set(words)).join(" "));
    var pages = await Promise.all(found.results.slice(0, 30).map(function (result) { return result.data(); }));
    var wanted = Array.from(new Set(tokens(words.join(" "))));
    var order = pages.map(function (page, at) {
      var title = tokens(page.meta.title), missing = wanted.filter(function (word) { return !title.includes(word); }).length;
      return [missing || title.length > wanted.length ? missing : -1, at, page];
    }).sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    return { count: found.results.length, pages: order.slice(0, 8).map(function (entry) { return entry[2]; }) };
  }

  function entry(page) {
    var item = d.createElement("li"), link = d.createElement("a"), excerpt = d.createElement("span");
    link.href = page.url;
    link.textContent = page.meta.title;
    excerpt.append.apply(excerpt, new DOMParser().parseFromString(page.excerpt, "text/html").body.childNodes);
    item.append(link, excerpt);
    return item;
  }

  async function find() {
    var typed = tokens(input.value), mine = ++turn, note = "";
    box.hidden = !typed.length;
    if (!typed.length) return;
    try {
      await index();
      var words = usual(typed), found = await ranked(words);
      if (found.count < 3) {
        var mend = usual(await mended(typed)), other = mend.join() === words.join() ? found : await ranked(mend);
        if (other.count > found.count) { found = other; note = say.instead.replace("{words}", mend.join(" ")) + " "; }
      }
      if (mine !== turn) return;
      list.replaceChildren.apply(list, found.pages.map(entry));
      status.textContent = found.count ? note + say.found.replace("{count}", found.count) : say.none;
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
